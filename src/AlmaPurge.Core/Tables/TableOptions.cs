using System.Text;

namespace AlmaPurge.Core.Tables;

/// <summary>What the operator says about a file where it does not speak for itself.</summary>
public sealed record TableOptions
{
    /// <summary>Nothing said: headings, dates and encoding are worked out.</summary>
    public static TableOptions Default { get; } = new();

    /// <summary>Name of a <see cref="KnownColumn"/> to the heading that the file has for it.</summary>
    public IReadOnlyDictionary<string, string>? ColumnMap { get; init; }

    /// <summary>How dates are written, such as <c>dd/MM/yyyy</c>.</summary>
    public string? DateFormat { get; init; }

    /// <summary>
    /// Whether the file may be a mere list: one column of identifiers, without a heading. Rows that begin with # are
    /// then never taken for a heading. A list has a header in row 0, and every row of it counts.
    /// </summary>
    public bool IsIdList { get; init; }

    /// <summary>Encoding of a text file.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>From how many bytes on the halves of a text file are read at the same time; below, it would not pay.</summary>
    internal long LengthForHalves { get; init; } = 1 << 20;
}
