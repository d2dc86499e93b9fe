namespace AlmaPurge.Core.Rules;

/// <summary>Alma's user record type (code table AddNewUserOptions; documented).</summary>
public enum PatronRecordType
{
    /// <summary>A patron.</summary>
    Public,

    /// <summary>Library staff.</summary>
    Staff,

    /// <summary>A contact, such as a vendor's.</summary>
    Contact,
}

/// <summary>Alma's user status. Deleted is seen in Analytics only: the API no longer finds such a user.</summary>
public enum PatronStatus
{
    /// <summary>Active.</summary>
    Active,

    /// <summary>Inactive.</summary>
    Inactive,

    /// <summary>Deleted: what a purge under "keep fully reportable" leaves behind.</summary>
    Deleted,
}

/// <summary>Alma's account type (user type in Analytics).</summary>
public enum PatronAccountType
{
    /// <summary>Managed by a student-information system.</summary>
    External,

    /// <summary>Managed in Alma itself: interlibrary loan, test and walk-in accounts.</summary>
    Internal,
}

/// <summary>A role of the user.</summary>
/// <param name="TypeCode">Role type code; 200 is Patron (seen in recorded fixtures).</param>
/// <param name="TypeName">Role type name for people, such as "Instructor"; the code where Alma gave none.</param>
/// <param name="IsActive">False only where Alma says that the role is inactive; unknown statuses count as active.</param>
/// <param name="Expires">The day the role ends, if it has one.</param>
public sealed record PatronRole(string TypeCode, string TypeName, bool IsActive, DateOnly? Expires)
{
    /// <summary>The code of the role Patron.</summary>
    public const string PatronCode = "200";
}

/// <summary>A block on the user.</summary>
/// <param name="TypeCode">Block type code.</param>
/// <param name="Description">Block description code.</param>
/// <param name="IsActive">False only where Alma says that the block is inactive; unknown statuses count as active.</param>
/// <param name="Expires">The day the block ends, if it has one.</param>
public sealed record PatronBlock(string TypeCode, string Description, bool IsActive, DateOnly? Expires);

/// <summary>A fee of the user, from the API or from a fines report.</summary>
/// <param name="Status">Status code, upper case: ACTIVE, INDISPUTE, EXPORTED, CLOSED, or what was found.</param>
/// <param name="Balance">Remaining amount in the institution's currency; negative for a credit.</param>
public sealed record PatronFee(string Status, decimal Balance);
