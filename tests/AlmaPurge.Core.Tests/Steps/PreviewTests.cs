using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>A preview reads, tells real counts, and changes nothing: not in Alma, not on disk, not in the run.</summary>
public sealed class PreviewTests
{
    [Fact]
    public async Task Whole_preview_sends_nothing_but_reads()
    {
        using PurgeWorld world = await PurgeWorld.GeneratedAsync();
        world.Propose(world.Run.Patrons.CandidateIds(), preview: true);
        IReadOnlyList<string> purgeable = world.Simulator.PurgeableFor(PurgeWorld.Group, world.Cutoff);
        string[] foldersBefore = Directory.GetDirectories(world.Store.Root);

        await world.CheckAsync();
        BuildSetPlan setPlan = await world.BuildSetStep().PlanAsync(null, new BuildSetOptions(), default);
        AlmaUserSet set = world.BuildSetStep().Preview(setPlan);
        AlmaUserSet marked = world.MarkStep().Preview(await world.MarkStep().PlanAsync(world.MarkOptions(), default));
        PurgePlan purgePlan = await world.PurgeStep().PlanAsync(world.PurgeOptions(), default);
        AlmaPurgeJob job = world.PurgeStep().Preview(purgePlan);
        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.Empty(world.Writes);
        Assert.Equal(foldersBefore, Directory.GetDirectories(world.Store.Root));
        Assert.Null(world.Run.Folder);
        Assert.Empty(world.Run.Journal.Lines);
        Assert.Equal((purgeable.Count, null, true), (set.MemberCount, set.SetId, set.IsPreview));
        Assert.Equal((purgeable.Count, PurgeWorld.PurgeGroup, true), (marked.MemberCount, marked.PurgeGroup, marked.IsPreview));
        Assert.Equal((purgeable.Count, "Preview", true), (job.PatronCount, job.Status, job.IsPreview));
        Assert.Equal(world.Run.Patrons.CandidateIds(), results.Select(r => r.PrimaryId));
        Assert.Equal(
            purgeable,
            results.Where(r => r.Status == AlmaPurgeStatus.WouldPurge).Select(r => r.PrimaryId));
        Assert.All(
            results.Where(r => r.Status != AlmaPurgeStatus.WouldPurge),
            r => Assert.Equal(AlmaPurgeStatus.Kept, r.Status));
    }

    [Theory]
    [InlineData("Check")]
    [InlineData("BuildSet")]
    [InlineData("Mark")]
    [InlineData("SetJob")]
    [InlineData("UserDelete")]
    public async Task Preview_of_one_step_leaves_the_real_run_as_it_was(string step)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        await AdvanceToAsync(world, step);
        world.Simulator.UpdateUser("p003", s => s with { OpenLoans = 1 });
        int writes = world.Writes.Count();
        Dictionary<string, string> files = Files(world.Run);
        string document = RunCopy.Text(world.Run.Document);

        PurgeRun preview = world.Run.ToPreview();
        object result = await PreviewAsync(world, step, preview);

        Assert.NotNull(result);
        Assert.Equal(writes, world.Writes.Count());
        Assert.Equal(files, Files(world.Run));
        Assert.Equal(document, RunCopy.Text(world.Run.Document));
        Assert.Empty(world.Run.Patrons.Exclusions());
        Assert.True(preview.IsPreview);
        Assert.False(world.Run.IsPreview);
    }

    [Fact]
    public async Task Preview_of_a_purge_names_those_who_would_be_settled()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        world.Simulator.UpdateUser("p003", s => s with { OpenRequests = 1 });
        PurgeRun preview = world.Run.ToPreview();

        PurgePlan plan = await world.PurgeStep(preview).PlanAsync(world.PurgeOptions(), default);
        AlmaPurgeJob job = world.PurgeStep(preview).Preview(plan);

        Assert.Equal(59, job.PatronCount);
        Assert.Contains("First take 1 patron(s) who stay out of the set", plan.Description, StringComparison.Ordinal);
        Assert.Equal("p003", Assert.Single(preview.Patrons.Exclusions()).PrimaryId);
        Assert.Empty(world.Run.Patrons.Exclusions());
        Assert.Equal(PurgeWorld.PurgeGroup, world.Simulator.FindUser("p003")!.UserGroup);
    }

    [Fact]
    public async Task Preview_can_never_be_applied()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(5);
        PurgeRun preview = world.Run.ToPreview();
        BuildSetPlan plan = await world.BuildSetStep(preview).PlanAsync(null, new BuildSetOptions(), default);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => world.BuildSetStep(preview).ApplyAsync(plan, Core.Alma.WriteApproval.Given("yes"), default));

        Assert.Empty(world.Writes);
    }

    [Fact]
    public async Task Plans_tell_target_count_and_requests()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        world.Propose(
            world.Run.Patrons.CandidateIds(),
            world.Criteria() with
            {
                IgnoredRules = PurgeCriteria.Names(["Proxy"]),
                AllowedRoles = PurgeCriteria.Names(["Instructor", "32"]),
                IgnoredBlockTypes = PurgeCriteria.Names(["GENERAL"]),
                FeeTolerance = 2.5m,
                FeeCheck = AlmaFeeCheck.Balance,
                InactiveSince = world.Session.Today(),
            });
        BuildSetPlan set = await world.BuildSetStep().PlanAsync(null, new BuildSetOptions { Name = "Old ones" }, default);
        await world.BuildSetAsync();
        MarkPlan mark = await world.MarkStep().PlanAsync(world.MarkOptions(), default);
        await world.MarkAsync();
        PurgePlan job = await world.PurgeStep().PlanAsync(world.PurgeOptions(), default);
        PurgePlan deletions = await world.PurgeStep()
            .PlanAsync(world.PurgeOptions(AlmaPurgeRoute.UserDelete), default);

        Assert.All(
            (StepPlan[])[set, mark, job, deletions],
            p =>
            {
                Assert.Contains("01SIM_INST", p.Description, StringComparison.Ordinal);
                Assert.Contains("3 patrons", p.Description, StringComparison.Ordinal);
                string releases = FormattableString.Invariant(
                    $"ignored rules: Proxy; allowed roles: 32, Instructor; ignored block types: GENERAL; active before {world.Session.Today():yyyy-MM-dd} counts as inactive; fee tolerance 2.50; disputed and exported fees are not looked at.");
                Assert.Contains(releases, p.Description, StringComparison.Ordinal);
                Assert.Contains(releases, p.Question, StringComparison.Ordinal);
                Assert.Equal(AlmaEnvironmentType.Simulated, p.EnvironmentType);
            });
        Assert.Equal(2, set.Requests.Count);
        Assert.Contains("(3 ids)", set.Requests[1], StringComparison.Ordinal);
        Assert.Equal((PurgeWorld.PurgeGroup, PurgeWorld.PurgeGroup), (mark.PurgeGroup, job.PurgeGroup));
        Assert.Contains("/jobs/M148?op=run", Assert.Single(mark.Requests), StringComparison.Ordinal);
        Assert.Contains("/jobs/M973?op=run", Assert.Single(job.Requests), StringComparison.Ordinal);
        Assert.Equal(3, deletions.Requests.Count);
    }

    private static async Task AdvanceToAsync(PurgeWorld world, string step)
    {
        if (step is "Mark" or "SetJob" or "UserDelete")
        {
            await world.BuildSetAsync();
        }

        if (step is "SetJob" or "UserDelete")
        {
            await world.MarkAsync();
        }
    }

    private static async Task<object> PreviewAsync(PurgeWorld world, string step, PurgeRun preview)
    {
        switch (step)
        {
            case "Check":
                return await world.CheckAsync(preview);
            case "BuildSet":
                BuildSetStep build = world.BuildSetStep(preview);
                return build.Preview(await build.PlanAsync(null, new BuildSetOptions(), default));
            case "Mark":
                MarkStep mark = world.MarkStep(preview);
                return mark.Preview(await mark.PlanAsync(world.MarkOptions(), default));
            default:
                // One of twenty has a loan by now, which is more than the plan of the job's route lets pass.
                world.Simulator.UpdateUser("p003", s => s with { OpenLoans = 0 });
                PurgeStep purge = world.PurgeStep(preview);
                return purge.Preview(await purge.PlanAsync(world.PurgeOptions(Enum.Parse<AlmaPurgeRoute>(step)), default));
        }
    }

    private static Dictionary<string, string> Files(PurgeRun run) =>
        Directory.GetFiles(run.Folder!).ToDictionary(f => f, File.ReadAllText);
}
