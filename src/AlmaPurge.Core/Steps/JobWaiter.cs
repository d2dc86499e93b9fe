using System.Globalization;
using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Steps;

/// <summary>Waits until a job in Alma has ended. A status that is not known counts as not ended.</summary>
public static class JobWaiter
{
    private static readonly TimeSpan s_longSilence = TimeSpan.FromHours(2);

    /// <summary>Waits for a run of a job.</summary>
    /// <param name="reader">Asks Alma.</param>
    /// <param name="jobId">Job.</param>
    /// <param name="instanceId">Run of the job.</param>
    /// <param name="reporter">Told of the progress, and warned once if it takes unusually long.</param>
    /// <param name="cancellationToken">Ends the waiting, not the job: no job can be stopped.</param>
    /// <exception cref="AlmaPurgeException">The job has not moved for longer than the connection's patience.</exception>
    public static async Task<AlmaJobInstanceRecord> WaitAsync(
        IAlmaReader reader,
        string jobId,
        string instanceId,
        IStepReporter reporter,
        CancellationToken cancellationToken)
    {
        TimeProvider time = reader.Facts.Time;
        long begun = time.GetTimestamp();
        bool warned = false;
        long moved = begun;
        AlmaJobInstanceRecord? last = null;
        while (true)
        {
            AlmaJobInstanceRecord job =
                await reader.GetJobInstanceAsync(jobId, instanceId, cancellationToken).ConfigureAwait(false);
            if (job.IsFinished)
            {
                return job;
            }

            moved = IsMoving(last, job) ? time.GetTimestamp() : moved;
            if (time.GetElapsedTime(moved) > reader.Facts.JobPatience)
            {
                throw NotEnding(job, jobId, time.GetElapsedTime(moved));
            }

            last = job;
            reporter.Progress(new StepProgress($"Waiting for {job.Name}", job.StatusCode, job.Progress ?? 0, 100));
            if (!warned && time.GetElapsedTime(begun) > s_longSilence)
            {
                warned = true;
                reporter.Warn(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The job {jobId}, run {instanceId}, has been {job.StatusCode} for {s_longSilence.TotalHours:0} hours. Look at Monitor jobs in Alma."));
            }

            await Task.Delay(reader.Facts.PollInterval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsMoving(AlmaJobInstanceRecord? before, AlmaJobInstanceRecord now) =>
        before is null || before.StatusCode != now.StatusCode || before.Progress != now.Progress;

    private static AlmaPurgeException NotEnding(AlmaJobInstanceRecord job, string jobId, TimeSpan silence) => new(
        "JobNotEnding",
        AlmaPurgeErrorKind.Unavailable,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The job {jobId}, run {job.Id}, has been {job.StatusCode} at {job.Progress ?? 0} % for {Text(silence)} without moving. It may have done some of its work; only the waiting ends."),
        $"Look at Monitor jobs in Alma and ask Ex Libris if it hangs. Once it has ended (Wait-AlmaJob -JobId {jobId} -InstanceId {job.Id}), go on with the run's next step.",
        job.Id);

    private static string Text(TimeSpan span) => span >= TimeSpan.FromHours(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0} hours")
        : string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} seconds");

    /// <summary>What users see of a run of a job.</summary>
    public static AlmaJob ToModel(this AlmaJobInstanceRecord job, string jobId)
    {
        Dictionary<string, long> counters = new(StringComparer.Ordinal);
        foreach (AlmaJobCounter counter in job.Counters.Where(c => c.Number is not null))
        {
            counters[counter.Description.Length > 0 ? counter.Description : counter.Type] = counter.Number!.Value;
        }

        return new AlmaJob(
            job.JobId ?? jobId,
            job.Id,
            job.Name,
            job.StatusCode,
            job.IsFinished,
            job.Progress,
            job.SubmitTime,
            job.EndTime,
            counters);
    }
}
