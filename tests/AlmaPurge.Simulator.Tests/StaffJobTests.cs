using System.Globalization;

namespace AlmaPurge.Simulator.Tests;

/// <summary>The classic page "Purge User Records" as a job that is watched.</summary>
public sealed class StaffJobTests : IDisposable
{
    private static readonly DateOnly s_due = new(2026, 10, 1);

    private readonly TestClient _client = TestClient.New(new SimulatorOptions
    {
        UserCount = 0,
        Now = new DateTimeOffset(2026, 12, 20, 9, 0, 0, TimeSpan.Zero),
        JobQueueTime = TimeSpan.FromSeconds(10),
        JobRunTime = TimeSpan.FromSeconds(20),
    });

    private AlmaSimulator Simulator => _client.Simulator;

    public void Dispose()
    {
        _client.Dispose();
    }

    private void Add(string id, DateOnly? purgeDate, Func<SimulatedUserSpec, SimulatedUserSpec>? with = null)
    {
        SimulatedUserSpec spec = new() { PrimaryId = id, UserGroup = "PURGEUG", PurgeDate = purgeDate };
        Simulator.AddUser(with is null ? spec : with(spec));
    }

    [Fact]
    public void It_waits_runs_counts_and_says_who_was_not_purged_and_why()
    {
        Add("good", s_due);
        Add("loans", s_due, s => s with { OpenLoans = 1 });
        Add("owes", s_due, s => s with { Fees = [new("OVERDUEFINE", "ACTIVE", 5m, 5m)] });
        Add("later", new DateOnly(2027, 1, 1));
        Add("never", null);
        SimulatedJobRun run = Simulator.StartPurgeUserRecords(10, "Public", "PURGEUG", 1);
        Assert.Equal(("QUEUED", 0, "staff"), (run.Status, run.Progress, run.SubmittedBy));
        Simulator.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Same(run, Assert.Single(Simulator.JobRuns));
        Assert.Equal(("RUNNING", 50, false), (run.Status, run.Progress, run.IsFinished));
        Assert.Empty(Simulator.Purged);
        Simulator.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(run.Id, Assert.Single(Simulator.Purged).Reference);
        Assert.Equal(("COMPLETED_WARNING", 100), (run.Status, run.Progress));
        Assert.Equal([3, 1, 2], run.Counters.Select(c => c.Value));
        Assert.Equal("has active loans", run.Skipped["loans"]);
        Assert.Equal("has fines or fees over the waive threshold", run.Skipped["owes"]);
        Assert.Equal(2, run.Skipped.Count);
    }

    [Theory]
    [InlineData(10, "2026-12-09", true)]
    [InlineData(10, "2026-12-10", false)]
    [InlineData(0, "2026-12-20", true)]
    [InlineData(0, "2026-12-21", false)]
    [InlineData(0, null, false)]
    public void A_preview_counts_what_the_job_takes(int days, string? purgeDate, bool taken)
    {
        Add("u1", purgeDate is null ? null : DateOnly.Parse(purgeDate, CultureInfo.InvariantCulture));
        Assert.Equal(taken ? 1 : 0, Simulator.PreviewPurgeUserRecords(days, "PUBLIC", null, 0).Taken);
        Assert.Empty(Simulator.JobRuns);
        Assert.Equal(taken ? ["u1"] : [], Simulator.PurgeUserRecords(days, "PUBLIC", null, 0));
    }

    [Fact]
    public void A_preview_tells_groups_and_who_is_kept_by_something_else()
    {
        Add("u1", s_due);
        Add("u2", s_due, s => s with { UserGroup = "GRAD" });
        Add("u3", s_due, s => s with { OpenLoans = 1 });
        PurgePreview preview = Simulator.PreviewPurgeUserRecords(1, "PUBLIC", null, 0);
        Assert.Equal((2, 1), (preview.Taken, preview.Refused));
        Assert.Equal(["GRAD", "PURGEUG"], preview.TakenByGroup.Keys);
    }

    [Fact]
    public async Task It_is_not_among_the_jobs_that_the_API_lists_and_does_not_count_as_one_of_its_starts()
    {
        for (int i = 0; i < 3; i++)
        {
            Simulator.StartPurgeUserRecords(1, "PUBLIC", "PURGEUG", 0);
        }

        Assert.DoesNotContain("Purge User Records", (await _client.GetAsync("conf/jobs?limit=100")).ToString(), StringComparison.Ordinal);
        Add("u1", s_due);
        string set = await _client.NewSetAsync("s", "u1");
        await _client.RunAsync("M148", ("set_id", set), ("job_name", "mark"));
    }

    [Theory]
    [InlineData(-1, "PUBLIC", null, 0)]
    [InlineData(1_000_000_000, "PUBLIC", null, 0)]
    [InlineData(1, "NOBODY", null, 0)]
    [InlineData(1, "PUBLIC", "NOPE", 0)]
    [InlineData(1, "PUBLIC", null, -1)]
    public void What_cannot_be_meant_starts_nothing(int days, string type, string? group, int waive)
    {
        Assert.ThrowsAny<ArgumentException>(() => Simulator.StartPurgeUserRecords(days, type, group, waive));
        Assert.Empty(Simulator.JobRuns);
    }
}
