using System.Text;
using AlmaPurge.Simulator.Reports;

namespace AlmaPurge.Simulator;

/// <content>What the simulator tells of itself: the reports, and who must stay.</content>
public sealed partial class AlmaSimulator
{
    /// <summary>One year before the day on which the clock started.</summary>
    public DateOnly DefaultCutoff => _startDay.AddYears(-1);

    /// <summary>Who must not be purged, in any group, for the default cutoff.</summary>
    public IReadOnlyList<ManifestEntry> Manifest => ManifestFor(null, DefaultCutoff);

    /// <summary>
    /// Who must not be purged by a run for this group and cutoff, and why, judged by how each patron was when added.
    /// Patrons of other groups are in it, with OtherUserGroup.
    /// </summary>
    public IReadOnlyList<ManifestEntry> ManifestFor(string? userGroup, DateOnly expiredBefore)
    {
        return [.. Judged(userGroup, expiredBefore).Where(e => e.Reasons.Count > 0)];
    }

    /// <summary>The primary ids that a run for this group and cutoff may purge: those with no reason to stay.</summary>
    public IReadOnlyList<string> PurgeableFor(string? userGroup, DateOnly expiredBefore)
    {
        return [.. Judged(userGroup, expiredBefore).Where(e => e.Reasons.Count == 0).Select(e => e.PrimaryId)];
    }

    /// <summary>
    /// Who was removed although a reason to stay held when the patron was added or at the moment of removal. The group
    /// at that moment is no reason, since marking has changed it.
    /// </summary>
    public IReadOnlyList<ManifestEntry> WronglyPurged(string? userGroup, DateOnly expiredBefore)
    {
        return [.. Purged
            .Select(p => Entry(
                p.PrimaryId,
                ManifestRules.Reasons(p.InitialState, userGroup, expiredBefore, _startDay)
                    .Union(ManifestRules.Reasons(p.LastState, null, expiredBefore, _library.DayOf(p.Time)))))
            .Where(e => e.Reasons.Count > 0)];
    }

    /// <summary>
    /// The folder in which the API finds the reports <c>users</c> and <c>fines</c>, which hold what was so at the last
    /// midnight.
    /// </summary>
    public string ReportFolder => ReportCatalogue.Folder(Options);

    /// <summary>Loads Analytics now, as each night does, so that its reports hold what is so now.</summary>
    public void LoadAnalytics()
    {
        lock (_library.Gate)
        {
            _library.Settle();
            _library.Analytics.Load();
        }
    }

    /// <summary>Writes the Analytics report "User Details" as CSV, those already deleted included.</summary>
    public void ExportUsers(TextWriter writer, string? userGroup = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        CsvReports.WriteUsers(writer, Reported(userGroup), GroupName, _library.Today);
    }

    /// <summary>Writes the report "User Details" to a file, UTF-8 with BOM as Analytics does.</summary>
    public void ExportUsers(string path, string? userGroup = null)
    {
        using StreamWriter writer = Open(path);
        ExportUsers(writer, userGroup);
    }

    /// <summary>Writes the Analytics report of fines and fees as CSV.</summary>
    public void ExportFines(TextWriter writer, string? userGroup = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        CsvReports.WriteFines(writer, Reported(userGroup));
    }

    /// <summary>Writes the report of fines and fees to a file, UTF-8 with BOM as Analytics does.</summary>
    public void ExportFines(string path, string? userGroup = null)
    {
        using StreamWriter writer = Open(path);
        ExportFines(writer, userGroup);
    }

    private static StreamWriter Open(string path)
    {
        return new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
    }

    private string GroupName(string code)
    {
        return _library.Group(code)?.Description ?? code;
    }

    private IEnumerable<SimulatedUser> Reported(string? userGroup)
    {
        return Users.Where(u => userGroup is null || u.UserGroup == userGroup);
    }

    private IEnumerable<ManifestEntry> Judged(string? userGroup, DateOnly expiredBefore)
    {
        SimulatedUser[] all = Settled(() => _library.Users.All);
        HashSet<string> identifiers = new(
            all.SelectMany(u => u.InitialState.Identifiers.Select(i => i.Value)), StringComparer.OrdinalIgnoreCase);
        return all.Select(u => Entry(
            u.InitialState.PrimaryId,
            ManifestRules.Reasons(u.InitialState, userGroup, expiredBefore, _startDay)
                .Concat(ManifestRules.IdentityReasons(u.InitialState, identifiers))));
    }

    private static ManifestEntry Entry(string primaryId, IEnumerable<string> reasons)
    {
        // A plain array: PowerShell takes no element from the list that a collection expression makes.
        return new ManifestEntry(primaryId, reasons.ToArray());
    }
}
