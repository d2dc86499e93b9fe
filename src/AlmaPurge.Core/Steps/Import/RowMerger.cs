using System.Globalization;
using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tables.Ids;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>
/// Puts all rows of a patron together, wherever they come from. Rows that agree collapse into the first; where
/// one disagrees with it in a column that both have, the patron is a conflict.
/// </summary>
internal sealed class RowMerger
{
    private readonly RowStore _rows;
    private readonly TraitTable _traits;
    private readonly IReadOnlyList<IPatronSource> _sources;

    public RowMerger(RowStore rows, TraitTable traits, IReadOnlyList<IPatronSource> sources)
    {
        _rows = rows;
        _traits = traits;
        _sources = sources;
    }

    /// <summary>In which column the rows of a conflict disagree, by the number of the row that stands.</summary>
    public Dictionary<int, RowConflict> Conflicts { get; } = [];

    /// <summary>Shifted rows whose identifier stands in a whole row, too, so that it is one.</summary>
    public HashSet<int> WithWholeId { get; } = [];

    /// <summary>Rows that collapsed into an earlier one.</summary>
    public int CollapsedCount { get; private set; }

    /// <summary>Settles all rows, then puts those of a patron together.</summary>
    /// <param name="pairs">Rows of the same patron.</param>
    public void Merge(IReadOnlyList<RowPair> pairs)
    {
        for (int i = 0; i < _rows.Count; i++)
        {
            ref PatronRow row = ref _rows[i];
            _sources[row.File].SettleRow(ref row);
        }

        foreach (RowPair pair in pairs)
        {
            MergeInto(pair.First, ref _rows[pair.Later]);
        }
    }

    private void MergeInto(int number, ref PatronRow row)
    {
        ref PatronRow first = ref _rows[number];
        row.State = RowState.Collapsed;
        CollapsedCount++;
        if ((first.Damage, row.Damage) is (IdDamage.None, IdDamage.ShiftedRow) or (IdDamage.ShiftedRow, IdDamage.None))
        {
            WithWholeId.Add(number);
        }

        if (first.Damage == IdDamage.None)
        {
            first.Damage = row.Damage;
        }

        if (first.State == RowState.Conflict)
        {
            return;
        }

        if (Difference(first, row) is { } difference)
        {
            first.State = RowState.Conflict;
            Conflicts[number] = difference;
            return;
        }

        if (first.Traits != row.Traits)
        {
            first.Traits = _traits.NumberOf(_traits[first.Traits].Union(_traits[row.Traits]));
        }

        first.Expiry = first.Expiry.IsAsked ? first.Expiry : row.Expiry;
        first.Purge = first.Purge.IsAsked ? first.Purge : row.Purge;
        first.Activity = first.Activity.IsAsked ? first.Activity : row.Activity;
    }

    private RowConflict? Difference(in PatronRow first, in PatronRow row)
    {
        if (first.Traits != row.Traits && _traits[first.Traits].FirstDifference(_traits[row.Traits]) is { } column)
        {
            return Describe(
                first, row, column, _traits[first.Traits].ValueOf(column), _traits[row.Traits].ValueOf(column));
        }

        return Difference(first, row, KnownColumn.ExpiryDate, first.Expiry, row.Expiry)
            ?? Difference(first, row, KnownColumn.PurgeDate, first.Purge, row.Purge)
            ?? Difference(first, row, KnownColumn.LastActivityDate, first.Activity, row.Activity);
    }

    private RowConflict? Difference(in PatronRow first, in PatronRow row, KnownColumn column, RowDay one, RowDay other) =>
        one.IsAsked && other.IsAsked && one != other
            ? Describe(first, row, column, TextOf(one), TextOf(other))
            : null;

    private static string TextOf(RowDay day) => day.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private RowConflict Describe(in PatronRow first, in PatronRow row, KnownColumn column, string? one, string? other)
    {
        IPatronSource source = _sources[first.File];
        IPatronSource otherSource = _sources[row.File];
        string where = source == otherSource
            ? $"rows {first.Row} and {row.Row} of {source.Name}"
            : $"row {first.Row} of {source.Name} and row {row.Row} of {otherSource.Name}";
        return new RowConflict($"{where} disagree in '{source.HeadingOf(column)}'", one, other);
    }
}
