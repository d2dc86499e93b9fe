using System.Globalization;

namespace AlmaPurge.Core.Tables.Ids;

/// <summary>How often a kind of damage was met, and in which rows at first.</summary>
internal sealed class DamageCount
{
    private const int RowsNamed = 5;

    private readonly List<long> _rows = [];

    public long Count { get; private set; }

    public long First => _rows[0];

    /// <summary>The first rows, for a message.</summary>
    public string Rows =>
        string.Join(", ", _rows.Select(r => r.ToString(CultureInfo.InvariantCulture))) + (Count > _rows.Count ? " ..." : "");

    public void Add(long row)
    {
        Count++;
        if (_rows.Count < RowsNamed)
        {
            _rows.Add(row);
        }
    }

    public void Add(DamageCount other)
    {
        Count += other.Count;
        _rows.AddRange(other._rows.Take(RowsNamed - _rows.Count));
        _rows.Sort();
    }
}
