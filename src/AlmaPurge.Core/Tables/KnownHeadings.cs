using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AlmaPurge.Core.Tables;

/// <summary>
/// The headings under which Alma Analytics, Alma's own import file and the Fines and Fees reports have the columns
/// that are read. Compared by letters and digits alone, so case, spacing and the kind of dash do not matter.
/// </summary>
public static class KnownHeadings
{
    /// <summary>Number of known columns.</summary>
    internal const int ColumnCount = (int)KnownColumn.OriginalAmount + 1;

    // "User ID" is missing on purpose: in Analytics that is Alma's internal number, which may well be the primary
    // identifier or barcode of somebody else.
    private static readonly Dictionary<KnownColumn, string[]> s_headings = new()
    {
        [KnownColumn.PrimaryId] = ["Primary Identifier", "Primary ID", "USERNAME", "User Primary Identifier"],
        [KnownColumn.UserGroup] = ["User Group", "User Group Description"],
        [KnownColumn.UserGroupCode] = ["User Group Code"],
        [KnownColumn.RecordType] = ["User Record Type", "Record Type"],
        [KnownColumn.AccountType] = ["User Type", "Account Type"],
        [KnownColumn.Status] = ["Status", "User Status"],
        [KnownColumn.ExpiryDate] = ["Expiry Date", "Expiration Date", "User Expiry Date"],
        [KnownColumn.PurgeDate] = ["Purge Date", "User Purge Date"],
        [KnownColumn.LastActivityDate] = ["Last Activity Date", "Last Patron Activity Date"],
        [KnownColumn.HasOtherRole] = ["Has Role Other Than Patron"],
        [KnownColumn.HasOtherRoleThanInstructor] = ["Has Role Other Than Patron and Instructor"],
        [KnownColumn.LinkedFromOther] =
        [
            "User - Linked From Other Institution",
            "User - Linked From Other Institution (yes/no)",
            "Linked From Other Institution",
        ],
        [KnownColumn.LinkedFromCode] =
            ["User - Linked From Institution Code", "Linked From Institution Code"],
        [KnownColumn.LinkedFromName] =
            ["User - Linked From Institution Name", "Linked From Institution Name"],
        [KnownColumn.IsBlocked] = ["Is Blocked", "User Is Blocked"],
        [KnownColumn.FeeStatus] = ["Fine Fee Status", "Fee Status", "Fine Status"],
        [KnownColumn.FeeType] = ["Fine Fee Type", "Fee Type", "Fine Type"],
        [KnownColumn.RemainingAmount] = ["Remaining Amount", "Fine Fee Remaining Amount", "Remaining Balance", "Balance"],
        [KnownColumn.OriginalAmount] = ["Original Amount", "Fine Fee Original Amount", "Fine Fee Amount"],
    };

    private static readonly Dictionary<string, KnownColumn> s_byKey = BuildIndex();

    /// <summary>All headings that are understood for a column; the first is the one to show.</summary>
    /// <param name="column">The column.</param>
    public static IReadOnlyList<string> Of(KnownColumn column) => s_headings[column];

    /// <summary>Finds the column that a heading stands for.</summary>
    /// <param name="heading">Heading as the file has it.</param>
    /// <param name="column">The column.</param>
    /// <returns>Whether the heading is known.</returns>
    public static bool TryFind(string heading, out KnownColumn column) =>
        s_byKey.TryGetValue(Key(heading), out column);

    /// <summary>Finds the column that a key of a column map names: its name, or one of its headings.</summary>
    /// <param name="name">Name such as <c>PrimaryId</c>, any case.</param>
    /// <param name="column">The column.</param>
    /// <returns>Whether there is such a column.</returns>
    public static bool TryFindName(string name, [NotNullWhen(true)] out KnownColumn? column)
    {
        // A bare number parses as an enum value, but nobody means a column by it.
        bool named = Enum.TryParse(name.Trim(), ignoreCase: true, out KnownColumn byName)
            && Enum.IsDefined(byName)
            && !char.IsAsciiDigit(name.Trim()[0]);
        column = named ? byName : TryFind(name, out KnownColumn byHeading) ? byHeading : null;
        return column is not null;
    }

    /// <summary>What is compared of a heading: its letters and digits, lower case.</summary>
    /// <param name="heading">Heading as the file has it.</param>
    internal static string Key(string heading)
    {
        StringBuilder key = new(heading.Length);
        foreach (char c in heading.Where(char.IsLetterOrDigit))
        {
            key.Append(char.ToLowerInvariant(c));
        }

        return key.ToString();
    }

    private static Dictionary<string, KnownColumn> BuildIndex()
    {
        Dictionary<string, KnownColumn> index = new(StringComparer.Ordinal);
        foreach ((KnownColumn column, string[] headings) in s_headings)
        {
            foreach (string heading in headings)
            {
                index[Key(heading)] = column;
            }
        }

        return index;
    }
}
