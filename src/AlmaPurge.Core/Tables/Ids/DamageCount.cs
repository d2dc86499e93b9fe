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

    /// <summary>Takes in what was counted in other rows.</summary>
    /// <param name="other">The count.</param>
    /// <param name="rowsBefore">What is to be added to its row numbers.</param>
    public void Add(DamageCount other, long rowsBefore = 0)
    {
        Count += other.Count;
        _rows.AddRange(other._rows.Take(RowsNamed - _rows.Count).Select(r => r + rowsBefore));
        _rows.Sort();
    }
}
