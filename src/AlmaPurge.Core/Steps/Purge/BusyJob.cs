using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// What is done when Alma starts no job now: three started through the API run already (402222), this one was started five
/// times within the hour (402223), or another job is in the way (60347; all documented). Refused for certain, so it may be
/// asked again, each time after everything has been looked at anew.
/// </summary>
internal sealed class BusyJob
{
    private const string Activity = "Waiting until Alma starts another job";

    // The limit of starts is one of an hour, so the waits grow: four of them are more than that.
    private const int LongestWait = 6;

    private readonly PurgeRun _run;
    private readonly AlmaClientFacts _facts;
    private readonly IStepReporter _reporter;

    public BusyJob(PurgeRun run, AlmaSession session, IStepReporter reporter)
    {
        _run = run;
        _facts = session.Reader.Facts;
        _reporter = reporter;
    }

    /// <summary>Starts a job, at once or as soon as Alma takes it.</summary>
    /// <param name="start">Sends the request once.</param>
    /// <param name="lookAgain">Looks at everything anew, before another attempt.</param>
    /// <param name="whenBusy">Whether to wait or to stop.</param>
    /// <param name="cancellationToken">Ends the waiting; nothing is started then.</param>
    /// <exception cref="AlmaPurgeException">Alma takes no job now, and nobody wants to wait, or for that long.</exception>
    public async Task<string> StartAsync(
        Func<Task<string>> start,
        Func<Task> lookAgain,
        AlmaWhenBusy whenBusy,
        CancellationToken cancellationToken)
    {
        long begun = _facts.Time.GetTimestamp();
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await start().ConfigureAwait(false);
            }
            catch (AlmaApiException e) when (IsBusy(e))
            {
                if (whenBusy == AlmaWhenBusy.Stop || _facts.Time.GetElapsedTime(begun) > _facts.JobPatience)
                {
                    throw Busy(e, whenBusy);
                }

                await WaitAsync(e, attempt, cancellationToken).ConfigureAwait(false);
            }

            await lookAgain().ConfigureAwait(false);
        }
    }

    private static bool IsBusy(AlmaApiException e) =>
        !e.OutcomeUnknown
        && e.AlmaCode is AlmaCodes.TooManyJobsRunning or AlmaCodes.TooManyJobStarts or AlmaCodes.JobOverlaps;

    private async Task WaitAsync(AlmaApiException refusal, int attempt, CancellationToken cancellationToken)
    {
        TimeSpan wait = _facts.BusyInterval * Math.Min(1 << Math.Min(attempt - 1, LongestWait), LongestWait);
        _reporter.Verbose($"Alma does not start the job now ({refusal.AlmaCode}: {refusal.AlmaMessage}); attempt {attempt} was refused.");
        DateTimeOffset next = _facts.Time.GetUtcNow() + wait;
        _reporter.Progress(new StepProgress(
            Activity,
            FormattableString.Invariant($"{Cause(refusal)} ({refusal.AlmaCode}); next attempt at {next:HH:mm:ss} UTC, everybody is looked at before"),
            attempt));
        await Task.Delay(wait, _facts.Time, cancellationToken).ConfigureAwait(false);
    }

    private AlmaPurgeException Busy(AlmaApiException refusal, AlmaWhenBusy whenBusy) => new(
        "PurgeJobBusy",
        AlmaPurgeErrorKind.Unavailable,
        $"Alma does not start the purge job of the run {_run.RunId} now, {Cause(refusal)} ({refusal.AlmaCode}: {refusal.AlmaMessage}). Nothing was started.",
        whenBusy == AlmaWhenBusy.Stop
            ? "Repeat the step later, or give -WhenBusy Wait to have it wait."
            : "It was waited for as long as the connection's patience goes. Look under Monitor Jobs what is in the way, then repeat the step.",
        _run.RunId,
        refusal);

    private static string Cause(AlmaApiException refusal) => refusal.AlmaCode switch
    {
        AlmaCodes.TooManyJobsRunning => "as many jobs as may be started through the API are running",
        AlmaCodes.TooManyJobStarts => "it was started too often within the last hour",
        _ => "another job that is running is in the way",
    };
}
