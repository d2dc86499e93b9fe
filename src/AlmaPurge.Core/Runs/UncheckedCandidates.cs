using System.Buffers;
using System.Text;
using CsvHelper;

namespace AlmaPurge.Core.Runs;

/// <summary>
/// Writes the lines of candidates.csv for candidates straight from an import, of whom nothing is known but the id. A
/// million of them are on the way of the first candidate, so plain ids go to the file as the bytes that they are.
/// </summary>
internal sealed class UncheckedCandidates(Stream stream, CsvWriter writer, int columns)
{
    private const int BufferSize = 1 << 16;

    // What needs no quotation marks, whatever the rules of the writer are.
    private static readonly SearchValues<byte> s_plain =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-.@"u8);

    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly byte[] _lineEnd = Encoding.UTF8.GetBytes(new string(',', columns - 1) + "\r\n");
    private int _used;

    public void Write(IUtf8Ids ids)
    {
        writer.Flush();
        for (int i = 0; i < ids.Count; i++)
        {
            ReadOnlySpan<byte> id = ids.Utf8At(i);
            if (id.IsEmpty || id.Length + _lineEnd.Length > _buffer.Length || id.ContainsAnyExcept(s_plain))
            {
                WriteSlow(Encoding.UTF8.GetString(id));
                continue;
            }

            if (_used + id.Length + _lineEnd.Length > _buffer.Length)
            {
                FlushBuffer();
            }

            id.CopyTo(_buffer.AsSpan(_used));
            _lineEnd.CopyTo(_buffer.AsSpan(_used + id.Length));
            _used += id.Length + _lineEnd.Length;
        }

        FlushBuffer();
    }

    private void WriteSlow(string id)
    {
        FlushBuffer();
        string[] fields = new string[columns];
        Array.Fill(fields, "");
        fields[0] = id;
        writer.WriteRecord(fields);
        writer.Flush();
    }

    private void FlushBuffer()
    {
        stream.Write(_buffer, 0, _used);
        _used = 0;
    }
}
