namespace AlmaPurge.Core.Alma;

/// <summary>A set.</summary>
/// <param name="Id">Set id.</param>
/// <param name="Name">Name.</param>
/// <param name="Description">Description, may be empty.</param>
/// <param name="Content">Content type, such as USER.</param>
/// <param name="Type">ITEMIZED or LOGICAL.</param>
/// <param name="Status">Status, such as ACTIVE.</param>
/// <param name="MemberCount">Number of members; null if Alma did not say.</param>
/// <param name="CreatedDate">When it was created; null if Alma did not say.</param>
public sealed record AlmaSetRecord(
    string Id,
    string Name,
    string Description,
    string Content,
    string Type,
    string Status,
    int? MemberCount,
    DateTimeOffset? CreatedDate);
