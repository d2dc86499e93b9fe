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
        while (true)
        {
            AlmaJobInstanceRecord job =
                await reader.GetJobInstanceAsync(jobId, instanceId, cancellationToken).ConfigureAwait(false);
            if (job.IsFinished)
            {
                return job;
            }

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
