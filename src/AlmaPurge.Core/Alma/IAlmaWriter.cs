namespace AlmaPurge.Core.Alma;

/// <summary>
/// Everything that changes Alma. Each member sends exactly one request and never repeats it; where the answer was
/// lost, <see cref="AlmaApiException.OutcomeUnknown"/> says so and the caller must look. Cancelling after the request
/// left throws <see cref="OperationCanceledException"/>, and then the outcome is unknown as well.
/// </summary>
public interface IAlmaWriter
{
    /// <summary>What was agreed to.</summary>
    WriteApproval Approval { get; }

    /// <summary>Creates an empty itemized set of users that staff can see.</summary>
    Task<AlmaSetRecord> CreateUserSetAsync(string name, string description, CancellationToken cancellationToken);

    /// <summary>Adds at most 1,000 members; fails as a whole if Alma refuses one (codes in <see cref="AlmaCodes"/>).</summary>
    Task AddSetMembersAsync(string setId, IReadOnlyList<string> primaryIds, CancellationToken cancellationToken);

    /// <summary>Takes at most 1,000 members out of a set.</summary>
    Task RemoveSetMembersAsync(string setId, IReadOnlyList<string> primaryIds, CancellationToken cancellationToken);

    /// <summary>Deletes a set, not its members.</summary>
    Task DeleteSetAsync(string setId, CancellationToken cancellationToken);

    /// <summary>Submits a job.</summary>
    Task<AlmaJobStart> RunJobAsync(
        string jobId,
        IReadOnlyList<JobParameter> parameters,
        CancellationToken cancellationToken);

    /// <summary>
    /// Replaces a user by this record, which must come from <see cref="IAlmaReader.GetUserAsync"/> (a swap of all
    /// fields: a shorter view would wipe what it lacks).
    /// </summary>
    /// <param name="user">The user as read, with changes.</param>
    /// <param name="overrideFields">Comma list of protected fields that may be replaced, such as <c>user_group</c>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    Task PutUserAsync(AlmaUserRecord user, string? overrideFields, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes a user, whatever its dates. The step must have read the user just before and compared the primary
    /// identifier, because Alma would take a barcode too.
    /// </summary>
    Task DeleteUserAsync(string primaryId, CancellationToken cancellationToken);
}
