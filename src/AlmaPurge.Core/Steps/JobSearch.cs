using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Steps;

/// <summary>Looks for the run of a job by the unique name that it was started under.</summary>
internal sealed class JobSearch
{
    private const int Looks = 5;

    private readonly AlmaSession _session;

    public JobSearch(AlmaSession session) => _session = session;

    /// <summary>The id of the run; null if none of that name is to be seen.</summary>
    public async Task<string?> FindAsync(string jobId, string jobName, CancellationToken cancellationToken)
    {
        // A day to either side, since the day of the institution is not ours.
        DateOnly today = _session.Today();
        for (int i = 0; i < Looks; i++)
        {
            IAsyncEnumerable<AlmaJobInstanceRecord> instances = _session.Reader
                .FindJobInstancesAsync(jobId, today.AddDays(-1), today.AddDays(1), cancellationToken);
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
    public static AlmaPurgeException Unknown(string jobId, string jobName) => new(
        "OutcomeUnknown",
        AlmaPurgeErrorKind.SafetyStop,
        $"Alma's answer to starting the job {jobId} was lost, and no run named '{jobName}' is to be seen.",
        "Look under Monitor jobs in Alma whether it runs before you do anything else. It is not sent again.",
        jobName);
}
