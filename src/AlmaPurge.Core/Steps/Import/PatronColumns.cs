using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tables.Dates;
using AlmaPurge.Core.Tables.Ids;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>
/// Identifiers and dates of a file: what is read of each row, and what only all rows together tell. Two may each take
/// in a half of the rows; the one that includes the other then has the last word.
/// </summary>
internal sealed class PatronColumns
{
    private const int MostDates = 3;

    private readonly TableSource _source;
    private readonly IdColumn _ids;
    private readonly DateColumn? _expiry;
    private readonly DateColumn? _purge;
    private readonly DateColumn? _activity;
    private readonly DateRun _dates;
    private readonly int _expiryAt;
    private readonly int _purgeAt;
    private readonly int _activityAt;

    public PatronColumns(TableSource source)
    {
        _source = source;
        _ids = new IdColumn(source);
        _expiry = DatesOf(KnownColumn.ExpiryDate);
        _purge = DatesOf(KnownColumn.PurgeDate);
        _activity = DatesOf(KnownColumn.LastActivityDate);
        _dates = new DateRun(source.Header, new[] { _expiry, _purge, _activity }.OfType<DateColumn>());
        DateColumn?[] inOrder = [.. _dates.Columns];
        _expiryAt = Array.IndexOf(inOrder, _expiry);
        _purgeAt = Array.IndexOf(inOrder, _purge);
        _activityAt = Array.IndexOf(inOrder, _activity);
    }

    /// <summary>Takes in the identifier of the current row.</summary>
    public IdDamage ReadId(TableCursor cursor, out ReadOnlySpan<byte> id) => _ids.Add(cursor, out id);

    /// <summary>Takes in the dates of the current row.</summary>
    public void ReadDates(TableCursor cursor, ref PatronRow row)
    {
        Span<DateValue> dates = stackalloc DateValue[MostDates];
        _dates.Add(cursor, dates);
        row.Expiry = _expiry is null ? default : RowDay.Found(dates[_expiryAt]);
        row.Purge = _purge is null ? default : RowDay.Found(dates[_purgeAt]);
        row.Activity = _activity is null ? default : RowDay.Found(dates[_activityAt]);
    }

    /// <summary>Takes in what another one has of later rows of the same file.</summary>
    /// <param name="later">The other one.</param>
    /// <param name="rowsBefore">What is to be added to its row numbers.</param>
    public void Include(PatronColumns later, long rowsBefore)
    {
        _ids.Include(later._ids, rowsBefore);
        _expiry?.Include(later._expiry!, rowsBefore);
        _purge?.Include(later._purge!, rowsBefore);
        _activity?.Include(later._activity!, rowsBefore);
    }

    /// <summary>Judges all rows together.</summary>
    /// <exception cref="TableException">Identifiers or dates cannot be trusted.</exception>
    public void Settle()
    {
        _ids.Settle();
        foreach (DateColumn column in _dates.Columns)
        {
            column.Settle(_dates.Columns);
        }
    }

    /// <summary>Turns what was found in a row into what it means. Only after <see cref="Settle"/>.</summary>
    public void SettleRow(ref PatronRow row)
    {
        row.Damage = _ids.Final(row.Damage);
        row.Expiry = row.Expiry.Settle(row.Damage == IdDamage.ShiftedRow ? null : _expiry);
        row.Purge = row.Purge.Settle(row.Damage == IdDamage.ShiftedRow ? null : _purge);
        row.Activity = row.Activity.Settle(row.Damage == IdDamage.ShiftedRow ? null : _activity);
    }

    /// <summary>What an unreadable date of a row looks like.</summary>
    public string? UnreadableText(KnownColumn column, long row) => column switch
    {
        KnownColumn.ExpiryDate => _expiry?.UnreadableText(row),
        KnownColumn.PurgeDate => _purge?.UnreadableText(row),
        _ => _activity?.UnreadableText(row),
    };

    private DateColumn? DatesOf(KnownColumn column) =>
        _source.Header.Has(column) ? new DateColumn(_source, column) : null;
}
