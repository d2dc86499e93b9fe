namespace AlmaPurge.Core.Alma;

/// <summary>
/// Everything that can be asked of Alma without changing it: each member sends GET requests only. All of them throw
/// <see cref="AlmaApiException"/>. Listings are read on to the end and have no row twice.
/// </summary>
public interface IAlmaReader
{
    /// <summary>The connection, without its key.</summary>
    AlmaClientFacts Facts { get; }

    /// <summary>Calls left of today's quota as the last answer said; null if not known.</summary>
    long? CallsLeftToday { get; }

    /// <summary>Institution and environment that the key belongs to.</summary>
    Task<AlmaGeneralConfiguration> GetGeneralConfigurationAsync(CancellationToken cancellationToken);

    /// <summary>Rows of a code table such as <c>UserGroups</c>.</summary>
    Task<IReadOnlyList<AlmaCodeTableRow>> GetCodeTableAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Rows of a mapping table such as <c>UserRecordTypeUserGroup</c>. Not every table can be read by every key: the
    /// caller must be able to go on without.
    /// </summary>
    Task<IReadOnlyList<AlmaMappingTableRow>> GetMappingTableAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// One user; null only if Alma itself says that it knows no such user (401861, 401890). Alma resolves barcodes as
    /// well: the caller must compare <see cref="AlmaUserRecord.PrimaryId"/> with what it asked for.
    /// </summary>
    /// <param name="primaryId">Primary identifier.</param>
    /// <param name="expand">Whether to ask for the counts of loans, requests and fees.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    Task<AlmaUserRecord?> GetUserAsync(string primaryId, bool expand, CancellationToken cancellationToken);

    /// <summary>The user's fees of one status (ACTIVE, INDISPUTE, EXPORTED, CLOSED), proven to be all of them.</summary>
    Task<IReadOnlyList<AlmaFeeRecord>> GetFeesAsync(
        string primaryId,
        string status,
        CancellationToken cancellationToken);

    /// <summary>
    /// The users whose <c>user_group</c> is this code in any case, 100 full users a call. A user whose group cannot be
    /// read is given too, since it may be one. Alma's index lags: only two readings that agree prove anything.
    /// </summary>
    IAsyncEnumerable<AlmaUserRecord> FindUsersInGroupAsync(string groupCode, CancellationToken cancellationToken);

    /// <summary>Itemized user sets, of this exact name (any case) or all.</summary>
    IAsyncEnumerable<AlmaSetRecord> FindSetsAsync(string? name, CancellationToken cancellationToken);

    /// <summary>User sets of this exact name (any case), logical ones too.</summary>
    IAsyncEnumerable<AlmaSetRecord> FindUserSetsAsync(string name, CancellationToken cancellationToken);

    /// <summary>One set.</summary>
    Task<AlmaSetRecord> GetSetAsync(string setId, CancellationToken cancellationToken);

    /// <summary>The ids of a set's members, each once.</summary>
    IAsyncEnumerable<string> GetSetMemberIdsAsync(string setId, CancellationToken cancellationToken);

    /// <summary>Jobs that can be submitted, of a type (MANUAL, SCHEDULED, OTHER) or all.</summary>
    IAsyncEnumerable<AlmaJobRecord> GetJobsAsync(string? type, CancellationToken cancellationToken);

    /// <summary>One job with the parameters that Alma names for it, if any.</summary>
    Task<AlmaJobDefinition> GetJobAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>One run of a job.</summary>
    Task<AlmaJobInstanceRecord> GetJobInstanceAsync(
        string jobId,
        string instanceId,
        CancellationToken cancellationToken);

    /// <summary>Runs of a job that were submitted on these days, both included.</summary>
    IAsyncEnumerable<AlmaJobInstanceRecord> FindJobInstancesAsync(
        string jobId,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken);

    /// <summary>Integration profiles of a type, such as USERS, each with its settings.</summary>
    IAsyncEnumerable<AlmaIntegrationProfile> GetIntegrationProfilesAsync(string type, CancellationToken cancellationToken);

    /// <summary>
    /// Reads an Analytics report, a page of up to 1,000 rows at a time; waits while it is computed. Either it comes to
    /// the end of the report or it throws: a page that was lost on its way cannot be asked for again, so the caller has
    /// to begin anew. A report without rows gives one page without rows.
    /// </summary>
    IAsyncEnumerable<AlmaReportPage> ReadReportAsync(AlmaReportRequest report, CancellationToken cancellationToken);

    /// <summary>Throws unless the key may read in this area.</summary>
    Task TestAsync(AlmaArea area, CancellationToken cancellationToken);
}
