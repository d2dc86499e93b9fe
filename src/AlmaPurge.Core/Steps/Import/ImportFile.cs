using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tables.Dates;
using AlmaPurge.Core.Tables.Ids;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>One file of patrons: reads its rows into the store, then judges its columns as a whole.</summary>
internal sealed class ImportFile : IPatronSource
{
    private const string Activity = "Reading patrons";
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

    public ImportFile(string path, TableOptions options)
    {
        _source = TableSource.Open(path, options);
        _ids = new IdColumn(_source);
        _expiry = DatesOf(KnownColumn.ExpiryDate);
        _purge = DatesOf(KnownColumn.PurgeDate);
        _activity = DatesOf(KnownColumn.LastActivityDate);
        _dates = new DateRun(_source.Header, new[] { _expiry, _purge, _activity }.OfType<DateColumn>());
        DateColumn?[] inOrder = [.. _dates.Columns];
        _expiryAt = Array.IndexOf(inOrder, _expiry);
        _purgeAt = Array.IndexOf(inOrder, _purge);
        _activityAt = Array.IndexOf(inOrder, _activity);
    }

    public string Name => Path.GetFileName(_source.Path);

    public int RowCount { get; private set; }

    public bool HasUserGroup =>
        _source.Header.Has(KnownColumn.UserGroup) || _source.Header.Has(KnownColumn.UserGroupCode);

    public string HeadingOf(KnownColumn column) => _source.Header.HeadingOf(column);

    public async Task<string?> HashAsync(CancellationToken cancellationToken)
    {
        string hash = await FileHash.StartAsync(_source.Path, cancellationToken).ConfigureAwait(false);

        // Of a file that has changed since, this would be the hash of something else.
        return _source.IsUnchanged ? hash : null;
    }

    /// <summary>Reads all rows, then makes sure that its identifiers and dates can be trusted.</summary>
    public void ReadInto(
        RowStore rows,
        RowMatcher matcher,
        TraitTable traits,
        ushort number,
        IStepReporter reporter,
        CancellationToken cancellationToken)
    {
        int nothing = traits.NumberOf(new string?[Traits.Columns.Count]);
        using (TableCursor cursor = _source.Read())
        {
            TraitReader reader = new(traits, cursor);
            while (cursor.Read())
            {
                ReadRow(cursor, ref rows.Add(), rows, reader, nothing, number);
                RowCount++;
                if (rows.Count % RowStore.BlockSize == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    matcher.Offer(rows.Count);
                    reporter.Progress(new StepProgress(Activity, Name, rows.Count));
                }
            }
        }

        _source.EnsureUnchanged();
        Settle();
    }

    public void SettleRow(ref PatronRow row)
    {
        row.Damage = _ids.Final(row.Damage);
        row.Expiry = row.Expiry.Settle(row.Damage == IdDamage.ShiftedRow ? null : _expiry);
        row.Purge = row.Purge.Settle(row.Damage == IdDamage.ShiftedRow ? null : _purge);
        row.Activity = row.Activity.Settle(row.Damage == IdDamage.ShiftedRow ? null : _activity);
    }

    public string? UnreadableText(KnownColumn column, long row) => column switch
    {
        KnownColumn.ExpiryDate => _expiry?.UnreadableText(row),
        KnownColumn.PurgeDate => _purge?.UnreadableText(row),
        _ => _activity?.UnreadableText(row),
    };

    private void ReadRow(
        TableCursor cursor, ref PatronRow row, RowStore rows, TraitReader reader, int nothing, ushort number)
    {
        row.Damage = _ids.Add(cursor, out ReadOnlySpan<byte> id);
        row.Hash = PatronId.Hash(id);
        row.IdAt = rows.Ids.Keep(id);
        row.Row = (int)cursor.RowNumber;
        row.File = number;
        if (row.Damage == IdDamage.ShiftedRow)
        {
            // Nobody knows what stands in which column.
            row.Traits = nothing;
            return;
        }

        row.Traits = reader.Read(cursor);
        Span<DateValue> dates = stackalloc DateValue[MostDates];
        _dates.Add(cursor, dates);
        row.Expiry = _expiry is null ? default : RowDay.Found(dates[_expiryAt]);
        row.Purge = _purge is null ? default : RowDay.Found(dates[_purgeAt]);
        row.Activity = _activity is null ? default : RowDay.Found(dates[_activityAt]);
    }

    private void Settle()
    {
        if (RowCount == 0)
        {
            throw new TableException(
                TableErrorKind.Empty,
                _source.Path,
                "the file has a header but no rows.",
                "Check the filters of the report and export it again.");
        }

        _ids.Settle();
        foreach (DateColumn column in _dates.Columns)
        {
            column.Settle(_dates.Columns);
        }
    }

    private DateColumn? DatesOf(KnownColumn column) =>
        _source.Header.Has(column) ? new DateColumn(_source, column) : null;
}
