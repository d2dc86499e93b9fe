using System.Text;
using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps.Import;
using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tables.Ids;

namespace AlmaPurge.Core.Steps.Subtract;

/// <summary>
/// Reads one fines file. An identifier that cannot be trusted stops it: whoever it belongs to would not be taken off,
/// and nobody could tell who that is.
/// </summary>
/// <param name="table">Gets everybody.</param>
/// <param name="name">Name for messages and run.json.</param>
/// <param name="open">Opens it.</param>
/// <param name="reporter">Told of what looks odd.</param>
internal sealed class FinesFile(FinesTable table, string name, Func<TableSource> open, IStepReporter reporter)
{
    private const string ActiveStatus = "ACTIVE";

    /// <summary>The columns that are read of a file of fines.</summary>
    public static IReadOnlyList<KnownColumn> Columns { get; } =
        [KnownColumn.PrimaryId, KnownColumn.FeeStatus, KnownColumn.RemainingAmount];

    private readonly ValueCodes _statusCodes = new();
    private readonly List<string> _statuses = [];
    private readonly Dictionary<IdDamage, long> _damaged = [];
    private string _kind = TableOrigin.File.Kind;
    private int _rows;
    private int _blank;
    private int _totals;

    /// <summary>The file as a table; null if it is empty, and that is what the operator expects.</summary>
    public TableSource? Source { get; private set; }

    public RunInput Load(bool allowEmpty, CancellationToken cancellationToken)
    {
        try
        {
            return Read(allowEmpty, cancellationToken);
        }
        catch (TableException e) when (allowEmpty && e.Kind == TableErrorKind.Empty)
        {
            return new RunInput(StepNames.Subtract, name, null, 0);
        }
    }

    private RunInput Read(bool allowEmpty, CancellationToken cancellationToken)
    {
        TableSource source = open();
        _kind = source.Origin.Kind;
        Task<string> hash = FileHash.StartAsync(source, cancellationToken);
        IdColumn ids = new(source);
        using (TableCursor cursor = source.Read())
        {
            while (cursor.Read())
            {
                ReadRow(cursor, ids);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        source.EnsureUnchanged();
        ids.Settle();
        foreach ((IdDamage damage, long row) in _damaged.Where(d => ids.Final(d.Key) != IdDamage.None))
        {
            throw Damaged(source, damage, row);
        }

        Conclude(source, allowEmpty);
        Source = source;
        RunInput input = new(
            StepNames.Subtract, source.Name, hash.GetAwaiter().GetResult(), _rows + _blank + _totals);
        return input.From(source.Origin);
    }

    private void ReadRow(TableCursor cursor, IdColumn ids)
    {
        IdDamage damage = ids.Add(cursor, out ReadOnlySpan<byte> id);
        switch (damage)
        {
            case IdDamage.Blank:
                _blank++;
                return;
            case IdDamage.TotalRow:
                _totals++;
                return;
            case not IdDamage.None:
                _damaged.TryAdd(damage, cursor.RowNumber);
                break;
        }

        _rows++;
        AddFee(cursor, ref table.EntryOf(Encoding.UTF8.GetString(id)));
    }

    private void AddFee(TableCursor cursor, ref FinesEntry entry)
    {
        string status = StatusOf(cursor);
        if (!cursor.Header.Has(KnownColumn.RemainingAmount))
        {
            entry.AddProblem($"is in the fines {_kind}, which has no column with the remaining amount");
            return;
        }

        ReadOnlySpan<byte> text = cursor.ValueOf(KnownColumn.RemainingAmount);
        decimal? amount = FeeAmount.Parse(text, cursor.KindOf(KnownColumn.RemainingAmount));
        if (amount is not null || status == OwesFeesRule.ClosedStatus)
        {
            entry.Add(status, amount ?? 0);
            return;
        }

        string what = text.IsEmpty ? "without an amount" : "whose amount cannot be understood";
        entry.AddProblem($"has a fee {what} (row {cursor.RowNumber} of the fines {_kind})");
    }

    // Reports write "In dispute" where Alma's code is INDISPUTE. A status that is not known counts like an active one.
    private string StatusOf(TableCursor cursor)
    {
        if (!cursor.Header.Has(KnownColumn.FeeStatus))
        {
            return ActiveStatus;
        }

        int code = _statusCodes.CodeOf(cursor.ValueOf(KnownColumn.FeeStatus));
        if (code == _statuses.Count)
        {
            _statuses.Add(string.Concat(_statusCodes.TextOf(code).Where(char.IsLetter)).ToUpperInvariant());
        }

        return _statuses[code];
    }

    private void Conclude(TableSource source, bool allowEmpty)
    {
        table.RowCount += _rows;
        table.IgnoredCount += _blank + _totals;
        if (_rows == 0 && !allowEmpty)
        {
            throw new TableException(
                TableErrorKind.Empty,
                source.Path,
                _blank + _totals == 0 && !source.IsFile ? $"the {source.Origin.Kind} has no rows."
                    : _blank + _totals == 0 ? "the file has a header but no rows." : "no row has a primary identifier.",
                "An empty list more likely means a wrong filter than that nobody owes. Check the report; if nobody does, "
                    + "give -AllowEmpty.");
        }

        if (_blank > 0)
        {
            reporter.Warn(
                $"{name}: {_blank} rows have no primary identifier. Whoever they belong to is not taken off.");
        }
    }

    private static TableException Damaged(TableSource source, IdDamage damage, long row)
    {
        string heading = source.Header.HeadingOf(KnownColumn.PrimaryId);
        return new TableException(
            damage == IdDamage.ShiftedRow ? TableErrorKind.ShiftedRows : TableErrorKind.DamagedIds,
            source.Path,
            $"column '{heading}', row {row}: {damage.Describe()}, so nobody can tell who owes that fee.",
            "Correct that row, or export the report again.",
            row,
            heading);
    }
}
