using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Steps;

/// <summary>Looks for the run of a job by the unique name that it was started under.</summary>
internal sealed class JobSearch
{
    private const int Looks = 5;

    private readonly AlmaSession _session;

    public JobSearch(AlmaSession session) => _session = session;

    /// <summary>The id of the run; null if none of that name is to be seen.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="jobName">Unique name of the run of it.</param>
    /// <param name="sentAt">When it was started.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    public async Task<string?> FindAsync(
        string jobId,
        string jobName,
        DateTimeOffset sentAt,
        CancellationToken cancellationToken)
    {
        // A day to either side, since the day of the institution is not ours, and midnight may have passed.
        DateOnly day = DateOnly.FromDateTime(sentAt.UtcDateTime);
        for (int i = 0; i < Looks; i++)
        {
            IAsyncEnumerable<AlmaJobInstanceRecord> instances = _session.Reader
                .FindJobInstancesAsync(jobId, day.AddDays(-1), day.AddDays(1), cancellationToken);
            await foreach (AlmaJobInstanceRecord instance in instances.ConfigureAwait(false))
            {
                if (instance.Name.Contains(jobName, StringComparison.OrdinalIgnoreCase))
                {
                    return instance.Id;
                }
            }

            await Task
                .Delay(_session.Reader.Facts.ReadingsApart, _session.Time, cancellationToken)
                .ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>The error where it cannot be told whether a job was started.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="jobName">Unique name of the run of it.</param>
    /// <param name="certainAt">From when on no trace of it means that it was never started.</param>
    public static AlmaPurgeException Unknown(string jobId, string jobName, DateTimeOffset certainAt) => new(
        "OutcomeUnknown",
        AlmaPurgeErrorKind.SafetyStop,
        $"Alma's answer to starting the job {jobId} was lost, and no run named '{jobName}' is to be seen. It is not sent again.",
        FormattableString.Invariant($"Look under Monitor jobs in Alma whether it runs. Run the step again after {certainAt:u}: it looks once more, and a job that Alma does not show then was never started."),
        jobName);
}
