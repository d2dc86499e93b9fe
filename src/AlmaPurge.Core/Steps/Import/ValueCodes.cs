using System.Text;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>Gives the few different values of a column numbers, so that rows can be compared without their texts.</summary>
internal sealed class ValueCodes
{
    // Most columns have two to four values; asking a dictionary would take longer than comparing with those.
    private const int Searched = 8;

    private readonly List<byte[]> _values = [];
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private byte[] _last = [];
    private int _lastCode = -1;

    /// <summary>The text of a code.</summary>
    public string TextOf(int code) => Encoding.UTF8.GetString(_values[code]);

    /// <summary>The code of a value, from 0 in the order in which they are met.</summary>
    public int CodeOf(ReadOnlySpan<byte> value) =>
        _lastCode >= 0 && value.SequenceEqual(_last) ? _lastCode : Find(value);

    private int Find(ReadOnlySpan<byte> value)
    {
        for (int i = 0; i < Math.Min(_values.Count, Searched); i++)
        {
            if (value.SequenceEqual(_values[i]))
            {
                return Remember(i);
            }
        }

        string text = Encoding.UTF8.GetString(value);
        if (!_codes.TryGetValue(text, out int code))
        {
            code = _values.Count;
            _codes.Add(text, code);
            _values.Add(value.ToArray());
        }

        return Remember(code);
    }

    private int Remember(int code)
    {
        _last = _values[code];
        return _lastCode = code;
    }
}
