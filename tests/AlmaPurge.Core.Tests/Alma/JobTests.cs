using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Tests.Alma;

public sealed class JobTests
{
    [Theory]
    [InlineData("QUEUED", JobState.Running, false)]
    [InlineData("PENDING", JobState.Running, false)]
    [InlineData("INITIALIZING", JobState.Running, false)]
    [InlineData("running", JobState.Running, false)]
    [InlineData("FINALIZING", JobState.Running, false)]
    [InlineData("COMPLETED_SUCCESS", JobState.Succeeded, true)]
    [InlineData(" completed_success ", JobState.Succeeded, true)]
    [InlineData("COMPLETED_WARNING", JobState.NeedsReview, true)]
    [InlineData("COMPLETED_NO_BULKS", JobState.NeedsReview, true)]
    [InlineData("MANUAL_HANDLING_REQUIRED", JobState.NeedsReview, true)]
    [InlineData("COMPLETED_FAILED", JobState.Failed, true)]
    [InlineData("FAILED", JobState.Failed, true)]
    [InlineData("SKIPPED", JobState.Failed, true)]
    [InlineData("SYSTEM_ABORTED", JobState.Failed, true)]
    [InlineData("USER_ABORTED", JobState.Failed, true)]
    [InlineData("COMPLETED", JobState.Unknown, false)]
    [InlineData("SUCCESS", JobState.Unknown, false)]
    [InlineData("", JobState.Unknown, false)]
    [InlineData(null, JobState.Unknown, false)]
    public void Status_that_nobody_knows_is_not_finished(string? status, JobState state, bool finished)
    {
        Assert.Equal(state, JobStatus.Classify(status));
        Assert.Equal(finished, JobStatus.IsFinished(status));
    }

    [Fact]
    public async Task Instance_is_read_with_counters_that_may_be_no_numbers()
    {
        FakeAlma alma = FakeAlma.Saying("""
            {"id":"777","name":"Update/Notify Users - x","submit_time":"2026-11-22T03:20:00.000Z","end_time":null,"progress":"50",
             "status":{"value":"RUNNING","desc":"Running"},"alert":{"value":"a","desc":"Look here"},
             "counter":[{"type":{"value":"c1","desc":"Users updated"},"value":"812"},{"type":{"value":"c2"},"value":"n/a"}],
             "job_info":{"id":"M148"}}
            """);
        using AlmaClient client = alma.Connect();

        AlmaJobInstanceRecord instance = await client.GetJobInstanceAsync("ALL", "777", default);

        Assert.EndsWith("/conf/jobs/ALL/instances/777", alma.Requests[0].Uri, StringComparison.Ordinal);
        Assert.Equal(("777", "M148", 50, JobState.Running), (instance.Id, instance.JobId, instance.Progress, instance.State));
        Assert.False(instance.IsFinished);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 3, 20, 0, TimeSpan.Zero), instance.SubmitTime);
        Assert.Null(instance.EndTime);
        Assert.Equal(
            [new AlmaJobCounter("c1", "Users updated", "812", 812), new AlmaJobCounter("c2", "", "n/a", null)],
            instance.Counters);
        Assert.Equal(["Look here"], instance.Alerts);
    }

    [Fact]
    public async Task Instances_are_asked_for_with_both_dates()
    {
        FakeAlma alma = FakeAlma.Saying("""{"job_instance":[{"id":"1","name":"a","status":{"value":"X"}}],"total_record_count":1}""");
        using AlmaClient client = alma.Connect();

        List<AlmaJobInstanceRecord> found = await client
            .FindJobInstancesAsync("M148", new DateOnly(2026, 1, 2), new DateOnly(2026, 1, 3), default)
            .ToListAsync();

        Assert.Equal("1", found.Single().Id);
        Assert.Contains("submit_date_from=2026-01-02&submit_date_to=2026-01-03", alma.Requests[0].Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_are_listed_and_described()
    {
        FakeAlma alma = new((request, _) => FakeAlma.Json(request.Uri.Contains("/M148", StringComparison.Ordinal)
            ? """{"id":"M148","name":"Update/Notify Users","content":{"value":"USER"},"parameter":{"name":{"value":"set_id"},"value":null}}"""
            : """{"job":[{"id":"M148","name":"Update/Notify Users","type":{"value":"MANUAL"}}],"total_record_count":1}"""));
        using AlmaClient client = alma.Connect();

        AlmaJobRecord job = (await client.GetJobsAsync("MANUAL", default).ToListAsync()).Single();
        AlmaJobDefinition definition = await client.GetJobAsync("M148", default);

        Assert.True(UpdateUsersJob.Is(job));
        Assert.True(UpdateUsersJob.Is(definition.Job));
        Assert.Equal([new JobParameter("set_id", "")], definition.Parameters);
        Assert.Contains("type=MANUAL", alma.Requests[0].Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Update/Notify Users", "ITEM", false)]
    [InlineData("update/notify users ", "user", true)]
    [InlineData("Update Users", "USER", false)]
    public void Job_is_what_its_own_record_says(string name, string content, bool expected)
    {
        Assert.Equal(expected, UpdateUsersJob.Is(new AlmaJobRecord("M148", name, "MANUAL", "", content, "")));
    }
}
