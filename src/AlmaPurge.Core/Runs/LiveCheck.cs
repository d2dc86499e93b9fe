namespace AlmaPurge.Core.Runs;

/// <summary>What a patron's record said when the live check passed: the before-image, so that marking can be undone.</summary>
/// <param name="UserGroup">User group code.</param>
/// <param name="PurgeDate">Purge date; null if there was none.</param>
/// <param name="ExpiryDate">Expiry date; null if there was none.</param>
/// <param name="Status">Status code, ACTIVE or INACTIVE.</param>
/// <param name="Roles">Active roles, as a sorted list of type codes.</param>
/// <param name="Loans">Open loans.</param>
/// <param name="Requests">Open requests.</param>
/// <param name="FeeBalance">Balance of active fees as the user record has it.</param>
/// <param name="Blocks">Active blocks, as a sorted list of type codes.</param>
/// <param name="CreationDate">Day on which the record was created, where Alma gives it; tells the patron from a later namesake.</param>
/// <param name="AccountType">Account type, for people who look through the list; empty where Alma gives none.</param>
public sealed record BeforeImage(
    string UserGroup,
    DateOnly? PurgeDate,
    DateOnly? ExpiryDate,
    string Status,
    string Roles,
    int Loans,
    int Requests,
    decimal FeeBalance,
    string Blocks,
    DateOnly? CreationDate,
    string AccountType = "");

/// <summary>A live check that a patron passed.</summary>
/// <param name="CheckedAt">When Alma answered.</param>
/// <param name="Before">What the record said, before this run changed anything.</param>
public sealed record LiveCheck(DateTimeOffset CheckedAt, BeforeImage Before);
