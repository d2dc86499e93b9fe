namespace AlmaPurge.Core.Tables;

/// <summary>What a cell holds.</summary>
public enum CellKind
{
    /// <summary>Nothing, or spaces only.</summary>
    Blank,

    /// <summary>Text; the only kind in a text file besides Blank.</summary>
    Text,

    /// <summary>A number in a workbook.</summary>
    Number,

    /// <summary>A real date in a workbook.</summary>
    Date,

    /// <summary>An error value in a workbook, such as #N/A.</summary>
    Error,
}
