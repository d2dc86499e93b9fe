namespace AlmaPurge.Core.Tables.Ids;

/// <summary>
/// The identifiers of one file. Judges each by itself, then all together: whether numbers in a workbook have lost
/// their leading zeros, whether long ones were rounded, whether the damage goes through the whole file.
/// </summary>
public sealed class IdColumn
{
    // A spreadsheet keeps 15 digits of a number and makes the others zeros.
    private const int DigitsKept = 15;

    private readonly TableSource _source;
    private readonly DamageCount _bySpreadsheet = new();
    private readonly DamageCount _shifted = new();
    private readonly DamageCount _numbers = new();
    private readonly DamageCount _rounded = new();
    private readonly SortedDictionary<int, long> _rowByLength = [];
    private ulong _lengths;
    private bool _hasFullLength;
    private bool _acceptNumbers;
    private bool _acceptRounded;
    private long _count;

    /// <summary>Prepares for the identifiers of a file.</summary>
    /// <param name="source">The file.</param>
    public IdColumn(TableSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = source;
    }

    /// <summary>Takes in the identifier of the current row.</summary>
    /// <param name="cursor">A cursor of the file, on a row.</param>
    /// <param name="id">The identifier; valid until the next row.</param>
    /// <returns>What seems wrong; <see cref="Settle"/> and <see cref="Final"/> have the last word.</returns>
    public IdDamage Add(TableCursor cursor, out ReadOnlySpan<byte> id)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        id = cursor.ValueOf(KnownColumn.PrimaryId);
        IdDamage damage = cursor.IsShifted ? IdDamage.ShiftedRow : Judge(cursor, id);
        if (damage == IdDamage.Blank)
        {
            return damage;
        }

        _count++;
        if (damage != IdDamage.None)
        {
            Counter(damage)?.Add(cursor.RowNumber);
        }

        return damage;
    }

    /// <summary>Takes in what another one has of later rows of the file.</summary>
    /// <param name="later">The other one.</param>
    /// <param name="rowsBefore">What is to be added to its row numbers.</param>
    internal void Include(IdColumn later, long rowsBefore)
    {
        _count += later._count;
        _bySpreadsheet.Add(later._bySpreadsheet, rowsBefore);
        _shifted.Add(later._shifted, rowsBefore);
        _numbers.Add(later._numbers, rowsBefore);
        _rounded.Add(later._rounded, rowsBefore);
        _hasFullLength |= later._hasFullLength;
        _lengths |= later._lengths;
        foreach ((int length, long row) in later._rowByLength)
        {
            _rowByLength.TryAdd(length, row + rowsBefore);
        }
    }

    /// <summary>Judges the identifiers together, once all rows are in.</summary>
    /// <exception cref="TableException">They are damaged throughout.</exception>
    public void Settle()
    {
        // Numbers of one length have lost nothing: had some begun with zeros, those would be shorter.
        _acceptNumbers = ulong.IsPow2(_lengths);
        _acceptRounded = _hasFullLength;
        if (!_acceptNumbers)
        {
            IEnumerable<string> lengths = _rowByLength.Select(l => $"{l.Key} digits in row {l.Value}");
            ThrowIfThroughout(
                _numbers,
                $"are numbers of different lengths, so leading zeros are gone: {string.Join(", ", lengths.Take(3))}");
            _bySpreadsheet.Add(_numbers);
        }

        if (!_acceptRounded)
        {
            ThrowIfThroughout(_rounded, $"have more than {DigitsKept} digits and end in zeros: they were rounded");
            _bySpreadsheet.Add(_rounded);
        }

        ThrowIfThroughout(_bySpreadsheet, "are damaged (scientific notation, dates, error values, rounded numbers)");
        if (IsThroughout(_shifted))
        {
            throw Error(
                TableErrorKind.ShiftedRows,
                $"{_shifted.Count} of {_count} rows have more values than there are headings (rows {_shifted.Rows}), so "
                    + "their columns are shifted.",
                "Export the report again; values with the separator in them must stand in quotation marks, and rows must not "
                    + "end in more separators than the header does.",
                _shifted.First);
        }
    }

    /// <summary>The last word on a row's damage. Only after <see cref="Settle"/>.</summary>
    /// <param name="damage">What <see cref="Add"/> said.</param>
    public IdDamage Final(IdDamage damage) => damage switch
    {
        IdDamage.LostZeros when _acceptNumbers => IdDamage.None,
        IdDamage.PerhapsRounded when _acceptRounded => IdDamage.None,
        _ => damage,
    };

    private IdDamage Judge(TableCursor cursor, ReadOnlySpan<byte> id)
    {
        CellKind kind = cursor.IsText ? CellKind.Text : cursor.KindOf(KnownColumn.PrimaryId);
        if (kind == CellKind.Number)
        {
            return JudgeNumber(cursor, id);
        }

        if (kind is CellKind.Date or CellKind.Error)
        {
            return kind == CellKind.Date ? IdDamage.Date : IdDamage.ErrorValue;
        }

        if (!id.IsEmpty && IsAllDigits(id))
        {
            return JudgeDigits(cursor, id);
        }

        return IdText.Judge(id);
    }

    // Only beside numbers of a workbook do the lengths of texts matter.
    private IdDamage JudgeDigits(TableCursor cursor, ReadOnlySpan<byte> id)
    {
        AddLength(id.Length, cursor.RowNumber);
        if (id.Length <= DigitsKept)
        {
            return IdDamage.None;
        }

        bool rounded = id[DigitsKept..].IndexOfAnyExcept((byte)'0') < 0;
        _hasFullLength |= !rounded;
        return rounded ? IdDamage.PerhapsRounded : IdDamage.None;
    }

    private IdDamage JudgeNumber(TableCursor cursor, ReadOnlySpan<byte> id)
    {
        if (!IsAllDigits(id))
        {
            return IdDamage.Fraction;
        }

        // A number of that size has been rounded for certain, and says nothing about the length of the others.
        if (id.Length > DigitsKept)
        {
            return IdDamage.Rounded;
        }

        // Held to have lost its zeros until the lengths of all are known.
        AddLength(id.Length, cursor.RowNumber);
        return IdDamage.LostZeros;
    }

    private static bool IsAllDigits(ReadOnlySpan<byte> id) =>
        id[0] is >= (byte)'0' and <= (byte)'9' && IdText.IsDigits(id);

    private void AddLength(int length, long row)
    {
        ulong bit = 1UL << Math.Min(length, 63);
        if ((_lengths & bit) == 0)
        {
            _lengths |= bit;
            _rowByLength[length] = row;
        }
    }

    private DamageCount? Counter(IdDamage damage) => damage switch
    {
        IdDamage.LostZeros => _numbers,
        IdDamage.PerhapsRounded => _rounded,
        IdDamage.ShiftedRow => _shifted,
        _ => damage.IsBySpreadsheet() ? _bySpreadsheet : null,
    };

    private bool IsThroughout(DamageCount damage) =>
        damage.Count > 0 && (damage.Count == _count || (damage.Count >= 3 && damage.Count > _count / 10));

    private void ThrowIfThroughout(DamageCount damage, string what)
    {
        if (IsThroughout(damage))
        {
            throw Error(
                TableErrorKind.DamagedIds,
                $"{damage.Count} of {_count} identifiers {what} (rows {damage.Rows}).",
                "Export the report again and do not open it in a spreadsheet in between, or format the column as text "
                    + "before the identifiers are put in.",
                damage.First);
        }
    }

    private TableException Error(TableErrorKind kind, string problem, string nextStep, long row)
    {
        string heading = _source.Header.HeadingOf(KnownColumn.PrimaryId);
        return new TableException(kind, _source.Path, $"column '{heading}': {problem}", nextStep, row, heading);
    }
}
