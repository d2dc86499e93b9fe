using System.Globalization;
using System.Text;
using ExcelDataReader;

namespace AlmaPurge.Core.Tables.Excel;

/// <summary>Runs over the rows of a sheet.</summary>
internal sealed class ExcelCursor : TableCursor
{
    private readonly string _path;
    private readonly Stream _stream;
    private readonly IExcelDataReader _reader;
    private readonly KnownColumn[] _columns;
    private readonly Cell[] _cells = new Cell[KnownHeadings.ColumnCount];

    public ExcelCursor(ExcelTable table, Stream stream)
        : base(table.Header, separator: 0)
    {
        _path = table.Path;
        _stream = stream;
        _columns = [.. table.Header.Columns];
        _reader = ExcelTable.Guard(_path, () => AtSheet(ExcelTable.CreateReader(stream, leaveOpen: false), table.Sheet));
    }

    public override long RowNumber => _reader.Depth + 1;

    // What stands to the right of a sheet's table is a note, not a sign of shifted columns.
    public override bool IsShifted => false;

    public override bool Read()
    {
        while (ExcelTable.Guard(_path, _reader.Read))
        {
            if (RowNumber > Header.RowNumber && !IsBlankRow())
            {
                RefuseHidden();
                Fill();
                return true;
            }
        }

        return false;
    }

    public override CellKind KindOf(KnownColumn column) => _cells[(int)column].Kind;

    public override ReadOnlySpan<byte> ValueOf(KnownColumn column) => _cells[(int)column].Text;

    public override DateOnly? DateOf(KnownColumn column) => _cells[(int)column].Date;

    internal override string TextAt(int index) =>
        index < _reader.FieldCount ? ExcelTable.TextOf(_reader.GetValue(index)).Trim() : "";

    protected override void Dispose(bool disposing)
    {
        _reader.Dispose();
        _stream.Dispose();
    }

    private static IExcelDataReader AtSheet(IExcelDataReader reader, int sheet)
    {
        for (int i = 0; i < sheet; i++)
        {
            reader.NextResult();
        }

        return reader;
    }

    private bool IsBlankRow()
    {
        for (int i = 0; i < _reader.FieldCount; i++)
        {
            if (_reader.GetValue(i) is { } value && !string.IsNullOrWhiteSpace(value as string ?? "x"))
            {
                return false;
            }
        }

        return true;
    }

    // Someone who filtered the sheet means the rows that he sees. Which ones those are is not for us to guess.
    private void RefuseHidden()
    {
        if (_reader.RowHeight == 0)
        {
            throw new TableException(
                TableErrorKind.HiddenRows,
                _path,
                $"row {RowNumber} is hidden, by a filter perhaps, so it is not clear whether it is meant.",
                "Unhide all rows, or delete those that are not meant, and save the workbook.",
                RowNumber);
        }
    }

    private void Fill()
    {
        foreach (KnownColumn column in _columns)
        {
            int index = Header.IndexOf(column);
            object? value = index < _reader.FieldCount ? _reader.GetValue(index) : null;
            _cells[(int)column] = CellOf(value, index);
        }
    }

    private Cell CellOf(object? value, int index)
    {
        string text = value is double number ? NumberText(number, index) : ExcelTable.TextOf(value);
        byte[] bytes = Text.Utf8Text.Trim(Encoding.UTF8.GetBytes(text)).ToArray();
        return value switch
        {
            _ when bytes.Length == 0 => default,
            DateTime date => new Cell(CellKind.Date, bytes, DateOnly.FromDateTime(date)),
            double or int => new Cell(CellKind.Number, bytes, null),
            _ => new Cell(CellKind.Text, bytes, null),
        };
    }

    // A format of zeros ("00000000") shows the leading zeros that the number itself has not; what people see counts.
    private string NumberText(double number, int index)
    {
        string? format = _reader.GetNumberFormatString(index);
        bool zeros = format is { Length: > 1 } && format.All(c => c == '0');
        return zeros && number >= 0 && number == Math.Floor(number) && number < 1e15
            ? ((long)number).ToString(format, CultureInfo.InvariantCulture)
            : ExcelTable.TextOf(number);
    }

    private readonly record struct Cell(CellKind Kind, byte[] Text, DateOnly? Date);
}
