using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace AlmaPurge.Core.Runs;

/// <summary>
/// Writes comma-separated lines of values that are UTF-8 already. A million of them are copied while others wait, so
/// plain values go into the file as the bytes that they are.
/// </summary>
internal sealed class Utf8Lines(Stream stream)
{
    /// <summary>What stands between values.</summary>
    public const byte Separator = (byte)',';

    private const int BufferSize = 1 << 16;
    private const int LongestNumber = 20;

    private static readonly SearchValues<byte> s_special = SearchValues.Create(",\"\r\n"u8);

    private readonly byte[] _buffer = new byte[BufferSize];
    private int _used;
    private bool _isLineBegun;

    /// <summary>Writes a value.</summary>
    public void Write(ReadOnlySpan<byte> value)
    {
        Separate(value.Length);
        if (value.ContainsAny(s_special))
        {
            WriteQuoted(value);
        }
        else
        {
            Put(value);
        }
    }

    /// <summary>Writes values that stand so in another file of the kind: separators, quotation marks and all.</summary>
    public void WriteRaw(ReadOnlySpan<byte> values)
    {
        Separate(values.Length);
        Put(values);
    }

    /// <summary>Writes a number.</summary>
    public void Write(long value)
    {
        Separate(LongestNumber);
        Utf8Formatter.TryFormat(value, _buffer.AsSpan(_used), out int length);
        _used += length;
    }

    /// <summary>Writes a day as yyyy-MM-dd.</summary>
    public void Write(DateOnly day)
    {
        Separate(LongestNumber);
        day.TryFormat(_buffer.AsSpan(_used), out int length, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        _used += length;
    }

    /// <summary>Ends the line.</summary>
    public void EndLine()
    {
        Put("\r\n"u8);
        _isLineBegun = false;
    }

    /// <summary>Hands to the stream what is still here.</summary>
    public void Flush()
    {
        stream.Write(_buffer, 0, _used);
        _used = 0;
    }

    private void Separate(int length)
    {
        if (_used + length + 1 > BufferSize)
        {
            Flush();
        }

        if (_isLineBegun)
        {
            _buffer[_used++] = Separator;
        }

        _isLineBegun = true;
    }

    private void WriteQuoted(ReadOnlySpan<byte> value)
    {
        Put("\""u8);
        for (int quote = value.IndexOf((byte)'"'); quote >= 0; quote = value.IndexOf((byte)'"'))
        {
            Put(value[..(quote + 1)]);
            Put("\""u8);
            value = value[(quote + 1)..];
        }

        Put(value);
        Put("\""u8);
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        if (_used + bytes.Length > BufferSize)
        {
            Flush();
            if (bytes.Length > BufferSize)
            {
                stream.Write(bytes);
                return;
            }
        }

        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }
}
