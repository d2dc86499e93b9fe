using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using CsvHelper;

namespace AlmaPurge.Core.Tables.Text;

/// <summary>Runs over the rows of a delimited text file. Ids are text here: leading zeros are what the file has.</summary>
internal sealed class CsvCursor : TableCursor
{
    private readonly string _path;
    private readonly CsvReader _reader;
    private readonly long _headerRow;
    private readonly int _headings;
    private readonly int[] _indexes;
    private readonly RowPlacement _placement;
    private CsvMalformedReason? _broken;

    /// <summary>Makes a cursor.</summary>
    /// <param name="table">The table.</param>
    /// <param name="stream">The file; or a part that begins with a row, which is then row 1.</param>
    /// <param name="isPart">Whether it is such a part.</param>
    public CsvCursor(CsvTable table, Stream stream, bool isPart = false)
        : base(table.Header, (byte)table.Options.Separator!.Value)
    {
        _headerRow = isPart ? 0 : table.Header.RowNumber;
        _path = table.Path;
        _headings = table.Header.Headings.Count;
        _indexes = [.. Enum.GetValues<KnownColumn>().Select(table.Header.IndexOf)];
        _placement = new RowPlacement(table.Header);
        _reader = CsvReader.Create(stream, table.Options with { OnMalformedRecord = r => _broken = r.Reason });
    }

    public override long RowNumber => _reader.LineNumber;

    internal override long Offset => _reader.ByteOffset;

    public override bool IsShifted => _reader.FieldCount > _headings
        && (!IsBlankFrom(_headings) || !_placement.IsCertain(_reader.FieldCount - _headings, ValueOf(_placement.Column)));

    public override bool Read()
    {
        while (ReadRecord())
        {
            if (RowNumber > _headerRow && !IsBlankRow())
            {
                return true;
            }
        }

        return false;
    }

    public override CellKind KindOf(KnownColumn column) => ValueOf(column).IsEmpty ? CellKind.Blank : CellKind.Text;

    public override ReadOnlySpan<byte> ValueOf(KnownColumn column)
    {
        int index = _indexes[(int)column];
        return index < 0 ? default : Utf8Text.Trim(_reader.GetSpan(index));
    }

    internal override bool TryGetRaw(int first, int last, out ReadOnlySpan<byte> raw)
    {
        raw = default;
        int end = Math.Min(last, _reader.FieldCount - 1);
        if (first > end)
        {
            return true;
        }

        ReadOnlySpan<byte> record = _reader.RawRecord;
        ReadOnlySpan<byte> lastField = _reader.GetRawSpan(end);
        nint from = OffsetIn(record, _reader.GetRawSpan(first));
        nint to = OffsetIn(record, lastField) + lastField.Length;
        if (from < 0 || to < from || to > record.Length)
        {
            return false;
        }

        raw = record[(int)from..(int)to];
        return true;
    }

    public override DateOnly? DateOf(KnownColumn column) => null;

    internal override string TextAt(int index) => Encoding.UTF8.GetString(Utf8Text.Trim(_reader.GetSpan(index)));

    protected override void Dispose(bool disposing) => _reader.Dispose();

    // Where a field begins in its record. The reader gives both as views of one buffer, empty fields too; should it
    // ever not, the result is out of range and whoever asked does without.
    private static nint OffsetIn(ReadOnlySpan<byte> record, ReadOnlySpan<byte> field) =>
        Unsafe.ByteOffset(ref MemoryMarshal.GetReference(record), ref MemoryMarshal.GetReference(field));

    private bool ReadRecord()
    {
        try
        {
            _broken = null;
            bool read = _reader.Read();
            if (_broken is not null)
            {
                CheckQuotes(_broken.Value);
            }

            return read;
        }
        catch (CsvFormatException e)
        {
            throw BrokenQuotes(e.LineNumber, e);
        }
    }

    // A stray quotation mark within one line harms nothing that is read. One that spans lines has swallowed rows.
    private void CheckQuotes(CsvMalformedReason reason)
    {
        bool spansLines = _reader.RawRecord.IndexOfAny((byte)'\n', (byte)'\r') >= 0;
        if (reason == CsvMalformedReason.UnterminatedQuote || spansLines)
        {
            throw BrokenQuotes(_reader.LineNumber, null);
        }
    }

    private TableException BrokenQuotes(long line, Exception? inner) => new(
        TableErrorKind.BrokenQuotes,
        _path,
        $"a quotation mark in the row that begins in line {line} is never closed properly, so rows below it are lost.",
        "Correct the quotation marks in that row, or export the file again.",
        line,
        inner: inner);

    private bool IsBlankRow() => ValueOf(KnownColumn.PrimaryId).IsEmpty && IsBlankFrom(0);

    private bool IsBlankFrom(int first)
    {
        for (int i = first; i < _reader.FieldCount; i++)
        {
            if (!Utf8Text.Trim(_reader.GetSpan(i)).IsEmpty)
            {
                return false;
            }
        }

        return true;
    }
}
