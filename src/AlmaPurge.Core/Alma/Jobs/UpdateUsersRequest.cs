namespace AlmaPurge.Core.Alma;

/// <summary>What "Update/Notify Users" is to do to the users of a set.</summary>
public sealed record UpdateUsersRequest
{
    /// <summary>Set of users.</summary>
    public required string SetId { get; init; }

    /// <summary>A name that no other run of the job has, by which it is found again.</summary>
    public required string JobName { get; init; }

    /// <summary>Purge date to set; null leaves it.</summary>
    public DateOnly? PurgeDate { get; init; }

    /// <summary>Code of the user group to set; null leaves it.</summary>
    public string? UserGroup { get; init; }

    /// <summary>
    /// The institution's zone. The date is sent as its noon: how Alma turns the instant into a day is not documented,
    /// and noon is the same day in most readings (inferred).
    /// </summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;
}
