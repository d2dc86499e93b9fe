using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>One table of patrons, a file as a rule: reads its rows into the store, then judges its columns as a whole.</summary>
internal sealed class ImportFile : IPatronSource
{
    private const string Activity = "Reading patrons";

    private readonly TableSource _source;
    private readonly PatronColumns _columns;

    public ImportFile(TableSource source)
    {
        _source = source;
        _columns = new PatronColumns(_source);
    }

    /// <summary>The columns that are read of a file of patrons.</summary>
    public static IReadOnlyList<KnownColumn> Columns { get; } =
    [
        KnownColumn.PrimaryId, KnownColumn.ExpiryDate, KnownColumn.PurgeDate, KnownColumn.LastActivityDate, .. Traits.Columns,
    ];

    /// <summary>The file as a table.</summary>
    public TableSource Source => _source;

    public string Name => _source.Name;

    /// <summary>Where the file is, and what was said about it.</summary>
    public (string Path, TableOptions Options) Origin => (_source.Path, _source.Options);

    public int RowCount { get; private set; }

    public bool HasUserGroup =>
        _source.Header.Has(KnownColumn.UserGroup) || _source.Header.Has(KnownColumn.UserGroupCode);

    public bool MayShiftIds =>
        _source.Header.IndexOf(KnownColumn.PrimaryId) > Columns.Count(c =>
            _source.Header.Has(c) && _source.Header.IndexOf(c) < _source.Header.IndexOf(KnownColumn.PrimaryId));

    public string HeadingOf(KnownColumn column) => _source.Header.HeadingOf(column);

    public async Task<string?> HashAsync(CancellationToken cancellationToken)
    {
        string hash = await FileHash.StartAsync(_source, cancellationToken).ConfigureAwait(false);

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
        using (SecondHalf half = new(_source, number, rows.Ids))
        using (TableCursor cursor = _source.Read())
        {
            PatronRowReader reader = new(cursor, number, _columns, rows.Ids.NewWriter(), traits);
            while (cursor.Read())
            {
                if (half.Has(cursor))
                {
                    RowCount += half.GiveTo(cursor.RowNumber - 1, rows, traits, _columns);
                    break;
                }

                reader.Read(ref rows.Add());
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

    public void SettleRow(ref PatronRow row) => _columns.SettleRow(ref row);

    public string? UnreadableText(KnownColumn column, long row) => _columns.UnreadableText(column, row);

    private void Settle()
    {
        if (RowCount == 0)
        {
            throw new TableException(
                TableErrorKind.Empty,
                _source.Path,
                _source.IsFile ? "the file has a header but no rows." : $"the {_source.Origin.Kind} has no rows.",
                "Check the filters of the report" + (_source.IsFile ? " and export it again." : "."));
        }

        _columns.Settle();
    }
}
