using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Starts a job once: intent before, outcome after. If the answer is lost, looks for the job's unique name among the
/// runs of these days, and never sends the request again.
/// </summary>
internal sealed class JobStarter
{
    private const int Looks = 5;

    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly IAlmaWriter _writer;

    public JobStarter(PurgeRun run, AlmaSession session, IAlmaWriter writer)
    {
        _run = run;
        _session = session;
        _writer = writer;
    }

    /// <summary>Starts the job and gives the id of its run.</summary>
    /// <exception cref="AlmaPurgeException">Whether it started cannot be told.</exception>
    public async Task<string> StartAsync(
        string action,
        string jobId,
        string jobName,
        IReadOnlyList<JobParameter> parameters,
        object journalData,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int intent = _run.Journal.Intend(action, journalData);
        string? instanceId;
        try
        {
            // Not cancelled once it has left: whether it started must be known, and the answer is a matter of seconds.
            AlmaJobStart start =
                await _writer.RunJobAsync(jobId, parameters, CancellationToken.None).ConfigureAwait(false);
            instanceId = start.InstanceId
                ?? await LookAsync(jobId, jobName, cancellationToken).ConfigureAwait(false);
        }
        catch (AlmaApiException e) when (e.OutcomeUnknown)
        {
            instanceId = await LookAsync(jobId, jobName, cancellationToken).ConfigureAwait(false);
        }
        catch (AlmaApiException e)
        {
            _run.Journal.Conclude(intent, action, "refused", new { code = e.AlmaCode });
            throw;
        }

        if (instanceId is null)
        {
            _run.Journal.Conclude(intent, action, "unknown");
            throw Unknown(jobId, jobName);
        }

        _run.Journal.Conclude(intent, action, "done", new { jobId, instanceId });
        return instanceId;
    }

    private async Task<string?> LookAsync(string jobId, string jobName, CancellationToken cancellationToken)
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

    private static AlmaPurgeException Unknown(string jobId, string jobName) => new(
        "OutcomeUnknown",
        AlmaPurgeErrorKind.SafetyStop,
        $"Alma's answer to starting the job {jobId} was lost, and no run named '{jobName}' is to be seen.",
        "Look under Monitor jobs in Alma whether it runs before you do anything else. It is not sent again.",
        jobName);
}
