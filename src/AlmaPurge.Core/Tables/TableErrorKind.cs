namespace AlmaPurge.Core.Tables;

/// <summary>What is wrong with a file of patrons or fines, as a short stable word.</summary>
public enum TableErrorKind
{
    /// <summary>There is no such file.</summary>
    FileNotFound,

    /// <summary>The file cannot be opened, or is not a table.</summary>
    Unreadable,

    /// <summary>The workbook asks for a password.</summary>
    PasswordProtected,

    /// <summary>The file has no content.</summary>
    Empty,

    /// <summary>No column with the primary identifier was found.</summary>
    NoIdColumn,

    /// <summary>The column map names a column that does not exist.</summary>
    UnknownColumn,

    /// <summary>The column map names a heading that the file does not have.</summary>
    UnknownHeading,

    /// <summary>Two headings stand for the same column.</summary>
    DuplicateColumn,

    /// <summary>More than one sheet of the workbook holds patrons.</summary>
    SeveralSheets,

    /// <summary>The workbook hides rows, so it is not clear whether they are meant.</summary>
    HiddenRows,

    /// <summary>Quotation marks that swallow rows.</summary>
    BrokenQuotes,

    /// <summary>Many rows have more fields than there are headings, so their columns are shifted.</summary>
    ShiftedRows,

    /// <summary>Dates that can be read day first and month first.</summary>
    AmbiguousDates,

    /// <summary>Dates of one column that are not written in one way.</summary>
    MixedDates,

    /// <summary>Many dates that cannot be understood, or dates that do not fit the given format.</summary>
    UnreadableDates,

    /// <summary>The given date format is not one.</summary>
    BadDateFormat,

    /// <summary>Identifiers damaged throughout, by Excel as a rule.</summary>
    DamagedIds,

    /// <summary>The file changed while it was read.</summary>
    Changed,
}
