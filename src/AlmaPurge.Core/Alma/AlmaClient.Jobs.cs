using System.Globalization;
using System.Runtime.CompilerServices;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Alma;

/// <content>Jobs.</content>
public sealed partial class AlmaClient
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<AlmaJobRecord> GetJobsAsync(
        string? type,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PagedReader pages = new(
            _transport,
            AlmaAddress.Path("conf", "jobs"),
            "job",
            RecordReader.Id,
            ("type", type ?? string.Empty));
        await foreach (JObject row in pages.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            // Jobs without an id cannot be submitted and do not matter.
            if (RecordReader.Job(row) is AlmaJobRecord job)
            {
                yield return job;
            }
        }
    }

    /// <inheritdoc/>
    public async Task<AlmaJobDefinition> GetJobAsync(string jobId, CancellationToken cancellationToken)
    {
        AlmaRequest request = AlmaRequest.Get(AlmaAddress.Path("conf", "jobs", jobId));
        AlmaAnswer answer = await _transport.GetAsync(request, cancellationToken).ConfigureAwait(false);
        AlmaJobRecord job = RecordReader.Job(answer.Json)
            ?? throw _transport.Unexpected(request, "a job without an id");
        return new AlmaJobDefinition(job, RecordReader.Parameters(answer.Json));
    }

    /// <inheritdoc/>
    public async Task<AlmaJobInstanceRecord> GetJobInstanceAsync(
        string jobId,
        string instanceId,
        CancellationToken cancellationToken)
    {
        AlmaRequest request = AlmaRequest.Get(AlmaAddress.Path("conf", "jobs", jobId, "instances", instanceId));
        AlmaAnswer answer = await _transport.GetAsync(request, cancellationToken).ConfigureAwait(false);
        return RecordReader.Instance(answer.Json)
            ?? throw _transport.Unexpected(request, "a job instance without an id");
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AlmaJobInstanceRecord> FindJobInstancesAsync(
        string jobId,
        DateOnly from,
        DateOnly to,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string path = AlmaAddress.Path("conf", "jobs", jobId, "instances");
        PagedReader pages = new(
            _transport,
            path,
            "job_instance",
            RecordReader.Id,
            ("submit_date_from", Day(from)),
            ("submit_date_to", Day(to)));
        await foreach (JObject row in pages.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return RecordReader.Instance(row)
                ?? throw _transport.Unexpected(AlmaRequest.Get(path), "a job instance without an id");
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
