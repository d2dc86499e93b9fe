using System.Globalization;

namespace AlmaPurge.Simulator.Host;

/// <summary>What the classic page "Purge User Records" asks for.</summary>
internal sealed record PurgeForm
{
    public int Days { get; init; }

    /// <summary>PUBLIC, STAFF or CONTACT, in any case of letters.</summary>
    public required string RecordType { get; init; }

    /// <summary>Code of the group; null takes every group.</summary>
    public string? UserGroup { get; init; }

    public decimal WaiveThreshold { get; init; }

    public PurgePreview Preview(AlmaSimulator simulator) =>
        simulator.PreviewPurgeUserRecords(Days, RecordType, UserGroup, WaiveThreshold);

    public SimulatedJobRun Start(AlmaSimulator simulator) =>
        simulator.StartPurgeUserRecords(Days, RecordType, UserGroup, WaiveThreshold);

    /// <summary>What somebody should know before it is too late.</summary>
    public IReadOnlyList<string> Warnings(PurgePreview preview)
    {
        List<string> warnings = [];
        if (UserGroup is null)
        {
            warnings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"No user group was chosen: it takes every past purge date, {preview.Taken} users of {preview.TakenByGroup.Count} user groups."));
        }

        if (Days == 0)
        {
            warnings.Add(
                "With 0 days after the purge date, Alma may not pick up users as expected (documented). "
                + "Set purge dates in the past and give 1 or more.");
        }

        if (WaiveThreshold < 1)
        {
            warnings.Add("A waive threshold below 1 keeps everybody who owes a few cents; 1 or higher is advised.");
        }

        return warnings;
    }
}
