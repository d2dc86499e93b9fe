using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>Takes down what a job in Alma counted, since Alma does not keep its reports for ever.</summary>
internal static class JobCounters
{
    /// <summary>The counters of a job that has ended.</summary>
    /// <param name="job">The job.</param>
    /// <param name="criteria">
    /// Of a run whose folder names nobody the labels for people are left out: nobody knows what may stand in them.
    /// </param>
    public static IReadOnlyList<CounterEntry> Of(AlmaJobInstanceRecord job, PurgeCriteria criteria) =>
    [
        .. job.Counters.Where(c => c.Number is not null).Select(c => new CounterEntry(
            criteria.Pseudonymize || c.Description.Length == 0 ? c.Type : c.Description, c.Number!.Value)),
    ];

    /// <summary>A purge by a job, once that has ended.</summary>
    public static PurgeEntry EndedAs(this PurgeEntry purge, AlmaJobInstanceRecord job, PurgeCriteria criteria) =>
        purge with { Status = job.StatusCode, IsFinished = true, Counters = Of(job, criteria) };
}
