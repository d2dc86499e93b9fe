using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Tests.Alma;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>Waiting for a job: told as it goes, warned of once when it takes long, and ended when it no longer moves.</summary>
public sealed class JobWaiterTests
{
    [Fact]
    public async Task Job_that_moves_is_waited_for_however_long_it_takes_with_one_warning()
    {
        FakeAlma alma = new((_, n) => FakeAlma.Json(n < 400 ? Running(n) : Job("COMPLETED_SUCCESS", 100)));
        RecordingReporter reporter = new();
        using AlmaClient client = Connect(alma, TimeSpan.FromMinutes(9));

        AlmaJobInstanceRecord job = await JobWaiter.WaitAsync(client, "M1", "7", reporter, default);

        Assert.Equal(("COMPLETED_SUCCESS", 401), (job.StatusCode, alma.Requests.Count));
        Assert.Equal("The job M1, run 7, has been RUNNING for 2 hours. Look at Monitor jobs in Alma.", Assert.Single(reporter.Warnings));
        Assert.Equal(new StepProgress("Waiting for Purge", "RUNNING", 1, 100), reporter.AllProgress[1]);
        Assert.Equal(400, reporter.AllProgress.Count);
    }

    [Theory]
    [InlineData(24, 9, "24 hours")]
    [InlineData(1, 1, "1 hours")]
    [InlineData(0.5, 1, "1860 seconds")]
    public async Task Job_that_no_longer_moves_ends_the_waiting(double patience, int poll, string words)
    {
        FakeAlma alma = FakeAlma.Saying(Job("RUNNING", null));
        using AlmaClient client = Connect(alma, TimeSpan.FromMinutes(poll), TimeSpan.FromHours(patience));

        AlmaPurgeException error = await Assert.ThrowsAsync<AlmaPurgeException>(
            () => JobWaiter.WaitAsync(client, "M1", "7", new RecordingReporter(), default));

        Assert.Equal(("JobNotEnding", "7"), (error.Id, error.Target));
        Assert.Contains($"The job M1, run 7, has been RUNNING at 0 % for {words} without moving.", error.Message, StringComparison.Ordinal);
        Assert.Contains("Wait-AlmaJob -JobId M1 -InstanceId 7", error.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_is_shown_with_its_counters_by_name_or_else_by_type()
    {
        FakeAlma alma = FakeAlma.Saying("""
            {"id":"7","name":"Purge","progress":"50","status":{"value":"RUNNING"},
             "counter":[{"type":{"value":"c1","desc":"Users purged"},"value":"8"},{"type":{"value":"c2"},"value":"3"},{"type":{"value":"c3"},"value":"n/a"}]}
            """);
        using AlmaClient client = Connect(alma, TimeSpan.FromMinutes(1));

        AlmaJob job = (await client.GetJobInstanceAsync("M1", "7", default)).ToModel("M1");

        Assert.Equal(("M1", "7", "RUNNING", false), (job.JobId, job.InstanceId, job.Status, job.IsFinished));
        Assert.Equal(["Users purged=8", "c2=3"], job.Counters.Select(c => FormattableString.Invariant($"{c.Key}={c.Value}")));
    }

    private static string Running(int n) => Job("RUNNING", n % 100);

    private static string Job(string status, int? progress) =>
        $$"""{"id":"7","name":"Purge","status":{"value":"{{status}}"}""" + (progress is { } p ? FormattableString.Invariant($",\"progress\":{p}") : "") + "}";

    private static AlmaClient Connect(FakeAlma alma, TimeSpan poll, TimeSpan? patience = null) => new(new AlmaClientOptions
    {
        BaseAddress = new Uri("https://api-na.hosted.exlibrisgroup.com"),
        ApiKey = FakeAlma.Key,
        RequestsPerSecond = 0,
        RequestTimeout = TimeSpan.FromHours(1),
        PollInterval = poll,
        JobPatience = patience ?? TimeSpan.FromHours(24),
        Handler = alma,
        Time = alma.Time,
    });
}
