using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Tables.Ids;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>
/// What all files of an import say together, before any rule has judged. No object has left yet, nothing is written.
/// </summary>
public sealed class ImportedPatrons
{
    private readonly PatronGroup[] _groups;
    private readonly HashSet<int> _withWholeId;

    internal ImportedPatrons(
        RowStore rows,
        TraitTable traits,
        IReadOnlyList<IPatronSource> sources,
        RowMerger merger)
    {
        Rows = rows;
        Traits = traits;
        Sources = sources;
        Conflicts = merger.Conflicts;
        _withWholeId = merger.WithWholeId;
        CollapsedCount = merger.CollapsedCount;
        HasUserGroups = sources.Any(s => s.HasUserGroup);
        _groups = FindGroups();
    }

    /// <summary>Rows with content.</summary>
    public int RowCount => Rows.Count;

    /// <summary>Rows that said the same as an earlier one, or contradicted it, and count as one patron with it.</summary>
    public int CollapsedCount { get; }

    /// <summary>Whether any file has a column with the user group.</summary>
    public bool HasUserGroups { get; }

    /// <summary>The user groups that the files name.</summary>
    public IReadOnlyList<PatronGroup> UserGroups => _groups;

    internal RowStore Rows { get; }

    internal TraitTable Traits { get; }

    internal IReadOnlyList<IPatronSource> Sources { get; }

    internal IReadOnlyDictionary<int, RowConflict> Conflicts { get; }

    /// <summary>
    /// The identifier under which a row is kept; empty where it has none, or where a name may stand in its place because
    /// the row is shifted. The evidence tells the row.
    /// </summary>
    internal string IdOf(int number)
    {
        ref PatronRow row = ref Rows[number];
        return row.Damage == IdDamage.Blank
            || (row.Damage == IdDamage.ShiftedRow && Sources[row.File].MayShiftIds && !_withWholeId.Contains(number))
                ? ""
                : Rows.TextOf(row);
    }

    /// <summary>The one user group of the files, for an import that was given none.</summary>
    /// <exception cref="AlmaPurgeException">There are several, or none is named.</exception>
    public string SingleUserGroup()
    {
        return _groups.Length switch
        {
            1 when Sources.All(s => s.HasUserGroup) => _groups[0].Name,
            > 1 => throw new AlmaPurgeException(
                "SeveralUserGroups",
                AlmaPurgeErrorKind.InvalidArgument,
                $"{Names()} hold(s) several user groups: {List()}.",
                "A run purges one group: name it with -UserGroup. The patrons of the others are kept."),
            _ => throw new AlmaPurgeException(
                "UserGroupNeeded",
                AlmaPurgeErrorKind.InvalidArgument,
                $"No user group is given, and {NameWithoutGroup()} does not tell it: no run is without one.",
                "Name the patrons' own group with -UserGroup."),
        };
    }

    /// <summary>Completes the criteria with code and description of the run's group, as far as the files tell.</summary>
    /// <param name="criteria">What the run is started with.</param>
    /// <exception cref="AlmaPurgeException">The files have user groups, but not this one.</exception>
    public PurgeCriteria Complete(PurgeCriteria criteria)
    {
        PatronGroup[] own = [.. _groups.Where(g => g.IsOwnOf(criteria))];
        if (own.Length == 0 && _groups.Length > 0 && Sources.All(s => s.HasUserGroup))
        {
            throw new AlmaPurgeException(
                "UserGroupNotInFiles",
                AlmaPurgeErrorKind.NotFound,
                $"Nobody in the files is in the user group '{criteria.UserGroup}'. They hold: {List()}.",
                "Correct -UserGroup, or import the right files.",
                criteria.UserGroup);
        }

        string[] codes = Distinct(own.Select(g => g.Code));
        string[] descriptions = Distinct(own.Select(g => g.Description));
        if (codes.Length > 1)
        {
            throw new AlmaPurgeException(
                "UserGroupAmbiguous",
                AlmaPurgeErrorKind.InvalidArgument,
                $"'{criteria.UserGroup}' is the description of several user groups: {string.Join(", ", codes)}.",
                "Name the code of one with -UserGroup.",
                criteria.UserGroup);
        }

        return criteria with
        {
            UserGroupCode = criteria.UserGroupCode ?? codes.FirstOrDefault(),
            UserGroupDescription = criteria.UserGroupDescription ?? (descriptions.Length == 1 ? descriptions[0] : null),
        };
    }

    private static string[] Distinct(IEnumerable<string?> names) =>
        [.. names.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];

    private string List() =>
        string.Join(", ", _groups.Take(10).Select(g => g.ToString())) + (_groups.Length > 10 ? " ..." : "");

    private string Names() => string.Join(", ", Sources.Select(s => $"'{s.Name}'"));

    private string NameWithoutGroup() =>
        (Sources.FirstOrDefault(s => !s.HasUserGroup) ?? Sources[0]).Name;

    // A total at the foot of a report is in no group, whatever stands in the column.
    private PatronGroup[] FindGroups()
    {
        bool[] used = new bool[Traits.Count];
        for (int i = 0; i < Rows.Count; i++)
        {
            ref PatronRow row = ref Rows[i];
            used[row.Traits] |= row.Damage is IdDamage.None or IdDamage.Blank;
        }

        IEnumerable<PatronGroup> groups = Enumerable.Range(0, used.Length)
            .Where(i => used[i])
            .Select(i => PatronGroup.Of(Traits[i]))
            .OfType<PatronGroup>()
            .DistinctBy(g => (g.Code?.ToUpperInvariant(), g.Description?.ToUpperInvariant()));
        return [.. groups];
    }
}
