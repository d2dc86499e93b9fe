using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Starts a job once: intent before, outcome after. If the answer is lost, looks for the job's unique name among the
/// runs of these days, and never sends the request again.
/// </summary>
internal sealed class JobStarter
{
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
        DateTimeOffset sentAt = _session.Time.GetUtcNow();
        int intent = _run.Journal.Intend(action, journalData);
        string result = JournalResults.Unknown;
        string? code = null;
        string? instanceId = null;
        try
        {
            instanceId = await SendAsync(jobId, parameters).ConfigureAwait(false)
                ?? await new JobSearch(_session)
                    .FindAsync(jobId, jobName, sentAt, cancellationToken)
                    .ConfigureAwait(false);
            result = instanceId is null ? result : JournalResults.Done;
        }
        catch (AlmaApiException e) when (e.Method == HttpMethod.Post.Method)
        {
            (result, code) = (JournalResults.Refused, e.AlmaCode);
            throw;
        }
        finally
        {
            _run.Journal.Conclude(intent, action, result, new { jobId, instanceId, code });
        }

        return instanceId ?? throw JobSearch.Unknown(
            jobId, jobName, sentAt + _session.Reader.Facts.ArrivalTime);
    }

    /// <summary>Sends it once; null if the answer was lost, or does not name the run.</summary>
    private async Task<string?> SendAsync(string jobId, IReadOnlyList<JobParameter> parameters)
    {
        try
        {
            // Not cancelled once it has left: whether it started must be known, and the answer is a matter of seconds.
            AlmaJobStart start =
                await _writer.RunJobAsync(jobId, parameters, CancellationToken.None).ConfigureAwait(false);
            return start.InstanceId;
        }
        catch (AlmaApiException e) when (e.OutcomeUnknown)
        {
            return null;
        }
    }
}
