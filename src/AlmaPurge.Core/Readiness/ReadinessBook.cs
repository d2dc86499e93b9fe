using System.Runtime.CompilerServices;
using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Readiness;

/// <summary>All readiness checks, in the order in which they are told. Sends GET requests only.</summary>
public static class ReadinessBook
{
    private static readonly ReadinessCheck[] s_checks =
    [
        new UsersKeyCheck(),
        new ConfigurationKeyCheck(),
        new JobsKeyCheck(),
        new AnalyticsKeyCheck(),
        new WritePermissionCheck(),
        new EnvironmentCheck(),
        new UserGroupCheck(),
        new PurgeGroupExistsCheck(),
        new PurgeGroupCodeCheck(),
        new PurgeGroupRecordTypeCheck(),
        new PurgeGroupEmptyCheck(),
        new MarkingJobCheck(),
        new PurgeJobCheck(),
        new StudentSystemSynchronizeCheck(),
        new StudentSystemImportCheck(),
        new StudentSystemUnmatchedCheck(),
        new StudentSystemScheduleCheck(),
        new NetworkUsersCheck(),
        new CallsCheck(),
        new DeleteUserPolicyCheck(),
        new CanaryCheck(),
    ];

    /// <summary>Names of all checks in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_checks.Select(c => c.Name)];

    /// <summary>Runs every check; each has a result, whatever comes of the others.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="options">The purge that the operator has in mind.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <exception cref="AlmaApiException">Today's calls are used up.</exception>
    public static async IAsyncEnumerable<AlmaReadinessCheck> RunAsync(
        AlmaSession session,
        ReadinessOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ReadinessContext context = new(session, options);
        foreach (ReadinessCheck check in s_checks)
        {
            yield return await check.RunAsync(context, cancellationToken).ConfigureAwait(false);
        }
    }
}
