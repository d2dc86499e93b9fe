using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>
/// Reads the second half of a large text file while somebody else reads the first. It begins where a row seems to
/// begin. Only if the reader of the first half comes to a row in that very place, the rows of this half are what he
/// would have read from there on, and he may take them; otherwise he goes on by himself. So nothing depends on the
/// guess but time, and whatever is wrong with a row is said by one who has read the file from its start.
/// </summary>
internal sealed class SecondHalf : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly RowStore _rows;
    private readonly TraitTable _traits = new();
    private readonly PatronColumns _columns;
    private readonly long _begin;
    private readonly Task? _reading;

    /// <summary>Starts reading, if the file is large enough and of a kind that can be read so.</summary>
    /// <param name="source">The file.</param>
    /// <param name="number">Position of the file.</param>
    /// <param name="ids">Keeps the identifiers.</param>
    public SecondHalf(TableSource source, ushort number, IdArena ids)
    {
        _rows = new RowStore(ids);
        _columns = new PatronColumns(source);
        if (source.ReadSecondHalf(out _begin) is { } cursor)
        {
            _reading = Task.Run(() => Read(cursor, number));
        }
    }

    /// <summary>Whether all rows from the cursor's current one on can be had from here. Waits until they have been read.</summary>
    public bool Has(TableCursor cursor)
    {
        if (_reading is null || cursor.Offset != _begin)
        {
            return false;
        }

        Task.WhenAny(_reading).GetAwaiter().GetResult();
        return _reading.IsCompletedSuccessfully;
    }

    /// <summary>Gives its rows to the reader of the first half.</summary>
    /// <param name="rowsBefore">Lines of the first half.</param>
    /// <param name="rows">Gets the rows.</param>
    /// <param name="traits">Numbers their traits, in the order of the rows as one reader alone would.</param>
    /// <param name="columns">Takes in what all of them show.</param>
    /// <returns>How many rows they were.</returns>
    public int GiveTo(long rowsBefore, RowStore rows, TraitTable traits, PatronColumns columns)
    {
        int[] numbers = new int[_traits.Count];
        Array.Fill(numbers, -1);
        for (int i = 0; i < _rows.Count; i++)
        {
            ref PatronRow row = ref rows.Add();
            row = _rows[i];
            row.Row += (int)rowsBefore;
            ref int traitNumber = ref numbers[row.Traits];
            if (traitNumber < 0)
            {
                traitNumber = traits.NumberOf(_traits[row.Traits].Values);
            }

            row.Traits = traitNumber;
        }

        columns.Include(_columns, rowsBefore);
        return _rows.Count;
    }

    public void Dispose()
    {
        _stop.Cancel();
        if (_reading is not null)
        {
            // How it ended was of interest to whoever wanted the rows.
            Task.WhenAny(_reading).GetAwaiter().GetResult();
            _ = _reading.Exception;
        }

        _stop.Dispose();
    }

    private void Read(TableCursor cursor, ushort number)
    {
        using (cursor)
        {
            PatronRowReader reader = new(cursor, number, _columns, _rows.Ids.NewWriter(), _traits);
            while (cursor.Read())
            {
                reader.Read(ref _rows.Add());
                if (_rows.Count % RowStore.BlockSize == 0)
                {
                    _stop.Token.ThrowIfCancellationRequested();
                }
            }
        }
    }
}
