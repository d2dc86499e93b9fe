namespace AlmaPurge.Core.Tables;

/// <summary>The header of a file: where it is and which columns were recognized.</summary>
public sealed class TableHeader
{
    private readonly int[] _indexes;

    internal TableHeader(long rowNumber, IReadOnlyList<string> headings, int[] indexes)
    {
        RowNumber = rowNumber;
        Headings = headings;
        _indexes = indexes;
    }

    /// <summary>The header of a list of identifiers that needs none: one column, and every row below row 0 counts.</summary>
    internal static TableHeader OfIdList { get; } = new(
        0,
        [KnownHeadings.Of(KnownColumn.PrimaryId)[0]],
        [.. Enum.GetValues<KnownColumn>().Select(c => c == KnownColumn.PrimaryId ? 0 : -1)]);

    /// <summary>Row of the header as the user sees it, from 1.</summary>
    public long RowNumber { get; }

    /// <summary>All headings, trimmed, in order; blank ones too.</summary>
    public IReadOnlyList<string> Headings { get; }

    /// <summary>The columns that were recognized.</summary>
    public IEnumerable<KnownColumn> Columns => Enum.GetValues<KnownColumn>().Where(Has);

    /// <summary>Whether the file has this column.</summary>
    /// <param name="column">The column.</param>
    public bool Has(KnownColumn column) => _indexes[(int)column] >= 0;

    /// <summary>Position of the column, from 0; negative if the file does not have it.</summary>
    /// <param name="column">The column.</param>
    public int IndexOf(KnownColumn column) => _indexes[(int)column];

    /// <summary>Heading of the column as the file has it, or its usual heading if the file does not have it.</summary>
    /// <param name="column">The column.</param>
    public string HeadingOf(KnownColumn column) =>
        Has(column) ? Headings[IndexOf(column)] : KnownHeadings.Of(column)[0];
}
