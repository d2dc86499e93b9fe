namespace AlmaPurge.Core.Alma;

/// <summary>What the set-based job "Purge users" is to do.</summary>
public sealed record PurgeUsersRequest
{
    /// <summary>Set of users.</summary>
    public required string SetId { get; init; }

    /// <summary>A name that no other run of the job has, by which it is found again.</summary>
    public required string JobName { get; init; }

    /// <summary>Days that must have passed since the purge date.</summary>
    public required int DaysAfterPurgeDate { get; init; }

    /// <summary>Users who owe more are kept by Alma.</summary>
    public required decimal WaiveThreshold { get; init; }

    /// <summary>Code of the purge group.</summary>
    public required string UserGroup { get; init; }

    /// <summary>Record type code.</summary>
    public string RecordType { get; init; } = "PUBLIC";
}
