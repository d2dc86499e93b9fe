namespace AlmaPurge.Core.Tables.Ids;

/// <summary>What is wrong with a primary identifier as it stands in a file.</summary>
public enum IdDamage : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is blank.</summary>
    Blank,

    /// <summary>A number in scientific notation, such as 1.02667E+07.</summary>
    Scientific,

    /// <summary>A date, into which a spreadsheet has turned it.</summary>
    Date,

    /// <summary>An error value, such as #N/A.</summary>
    ErrorValue,

    /// <summary>A formula.</summary>
    Formula,

    /// <summary>Control characters, invisible characters, or characters lost in a wrong encoding.</summary>
    OddCharacters,

    /// <summary>A number with a fraction, such as 266607.0.</summary>
    Fraction,

    /// <summary>A number of more than 15 digits, which a spreadsheet has rounded.</summary>
    Rounded,

    /// <summary>Zeros behind the 15th digit: rounded, unless other identifiers show that it is not.</summary>
    PerhapsRounded,

    /// <summary>A number in a workbook among identifiers of other lengths: its leading zeros may be gone.</summary>
    LostZeros,

    /// <summary>The row has more values than there are headings, so its columns may be shifted.</summary>
    ShiftedRow,

    /// <summary>Not a patron but a total.</summary>
    TotalRow,
}

/// <summary>Words for <see cref="IdDamage"/>.</summary>
public static class IdDamages
{
    /// <summary>What is wrong, for people.</summary>
    /// <param name="damage">The damage.</param>
    public static string Describe(this IdDamage damage) => damage switch
    {
        IdDamage.Blank => "the primary identifier is blank",
        IdDamage.Scientific => "the identifier is a number in scientific notation",
        IdDamage.Date => "the identifier was turned into a date",
        IdDamage.ErrorValue => "the identifier is an error value",
        IdDamage.Formula => "the identifier is a formula",
        IdDamage.OddCharacters => "the identifier has invisible or unreadable characters",
        IdDamage.Fraction => "the identifier is a number with a fraction",
        IdDamage.Rounded or IdDamage.PerhapsRounded => "the identifier was rounded to 15 digits",
        IdDamage.LostZeros => "the identifier is a number whose leading zeros may be gone",
        IdDamage.ShiftedRow => "the row has more values than there are headings",
        IdDamage.TotalRow => "a total, not a patron",
        _ => "",
    };

    /// <summary>Whether a spreadsheet does this to identifiers; one by one or all of them.</summary>
    internal static bool IsBySpreadsheet(this IdDamage damage) =>
        damage is not (IdDamage.None or IdDamage.Blank or IdDamage.ShiftedRow or IdDamage.TotalRow);
}
