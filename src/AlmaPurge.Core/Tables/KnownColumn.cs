namespace AlmaPurge.Core.Tables;

/// <summary>
/// The columns that are read, of whatever file. Everything else in an export (names, e-mail, birth dates) stays in
/// the file. The names are what <c>-ColumnMap</c> takes.
/// </summary>
public enum KnownColumn
{
    /// <summary>Primary identifier: the one column that no file may lack.</summary>
    PrimaryId,

    /// <summary>User group, as the description that people see.</summary>
    UserGroup,

    /// <summary>User group code.</summary>
    UserGroupCode,

    /// <summary>Record type: Public, Staff.</summary>
    RecordType,

    /// <summary>Account type (user type in Analytics): Internal, External.</summary>
    AccountType,

    /// <summary>Status: Active, Inactive, Deleted.</summary>
    Status,

    /// <summary>Expiry date.</summary>
    ExpiryDate,

    /// <summary>Purge date.</summary>
    PurgeDate,

    /// <summary>Day of the last patron activity.</summary>
    LastActivityDate,

    /// <summary>Whether the user has a role other than Patron.</summary>
    HasOtherRole,

    /// <summary>Whether the user has a role other than Patron and Instructor.</summary>
    HasOtherRoleThanInstructor,

    /// <summary>Whether the record is a copy from another institution.</summary>
    LinkedFromOther,

    /// <summary>Code of the institution that the record is a copy from.</summary>
    LinkedFromCode,

    /// <summary>Name of the institution that the record is a copy from.</summary>
    LinkedFromName,

    /// <summary>Whether the user is blocked.</summary>
    IsBlocked,

    /// <summary>Status of a fine or fee.</summary>
    FeeStatus,

    /// <summary>Type of a fine or fee.</summary>
    FeeType,

    /// <summary>What is still owed of a fine or fee.</summary>
    RemainingAmount,

    /// <summary>What a fine or fee was at first.</summary>
    OriginalAmount,
}
