using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Tests.Steps;

namespace AlmaPurge.Core.Tests.Runs;

/// <summary>
/// Two who have the same run open. The second one comes by another path, so that it has an object of its own, as
/// another process has.
/// </summary>
public sealed class RunSharingTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestFolder _links = new();
    private readonly PurgeRun _first;

    public RunSharingTests()
    {
        _first = new RunStore(_folder.Path).Create(
            new PurgeCriteria { UserGroup = "UNDRGRD", ExpiredBefore = new DateOnly(2025, 1, 1) }, preview: false);
        using StepScope scope = _first.BeginStep(StepNames.Import);
        _first.Patrons.AddCandidates(["a", "b", "c"]);
        scope.Complete();
        Directory.CreateSymbolicLink(Path.Combine(_links.Path, "runs"), _folder.Path);
    }

    private RunStore OtherStore => new(Path.Combine(_links.Path, "runs"));

    public void Dispose()
    {
        Directory.Delete(Path.Combine(_links.Path, "runs"));
        _links.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Only_one_of_them_works_at_a_time_and_the_other_may_read()
    {
        PurgeRun second = OtherStore.Open(_first.RunId);
        using (_first.BeginStep(StepNames.Check))
        {
            Assert.Equal("RunInUse", Stops(() => second.BeginStep(StepNames.Check)).Id);
            Assert.Equal("RunInUse", Stops(() => second.Update(d => d)).Id);
            Assert.Equal("RunInUse", Stops(second.Flush).Id);
            Assert.Equal(3, OtherStore.Open(_first.RunId).Patrons.RemainingCount);
            Assert.Equal(AlmaPurgeRunState.Partial, OtherStore.Open(_first.RunId).ToModel().State);
        }
    }

    [Fact]
    public void Whoever_opened_it_before_the_other_went_on_has_to_open_it_anew()
    {
        PurgeRun second = OtherStore.Open(_first.RunId);
        using (StepScope scope = _first.BeginStep(StepNames.Check))
        {
            _first.Patrons.Exclude("b", StepNames.Check, "OpenLoans", "1 open loan(s)");
            scope.Complete();
        }

        Assert.Equal("RunChangedElsewhere", Stops(() => second.BeginStep(StepNames.Mark)).Id);
        Assert.Equal("RunChangedElsewhere", Stops(() => second.Update(d => d with { MaximumCount = 1 })).Id);
        Assert.Equal("RunChangedElsewhere", Stops(second.Flush).Id);
        PurgeRun anew = OtherStore.Open(_first.RunId);
        Assert.NotSame(second, anew);
        Assert.Equal(["a", "c"], anew.Patrons.RemainingIds());
        anew.BeginStep(StepNames.Mark).Dispose();
        Assert.Equal("RunChangedElsewhere", Stops(() => _first.BeginStep(StepNames.Mark)).Id);
    }

    [Fact]
    public void Step_that_failed_twice_is_seen_by_the_other_each_time()
    {
        _first.BeginStep(StepNames.Check).Dispose();
        PurgeRun second = OtherStore.Open(_first.RunId);
        using (_first.BeginStep(StepNames.Check))
        {
            _first.Patrons.Exclude("b", StepNames.Check, "OpenLoans", "1 open loan(s)");
        }

        Assert.Equal("RunChangedElsewhere", Stops(() => second.BeginStep(StepNames.Check)).Id);
        Assert.Equal(["a", "c"], OtherStore.Open(_first.RunId).Patrons.RemainingIds());
    }

    [Fact]
    public void Reader_leaves_a_journal_line_that_is_being_written()
    {
        string journal = Path.Combine(_first.Folder!, "journal.jsonl");
        _first.Journal.Note("Something", new { x = 1 });
        byte[] whole = File.ReadAllBytes(journal);
        File.AppendAllText(journal, "{\"number\":2,");

        Assert.Single(OtherStore.Open(_first.RunId).Journal.Lines);

        Assert.Equal(whole.Length + 12, new FileInfo(journal).Length);
    }

    [Fact]
    public void Two_steps_of_one_pipeline_share_the_run()
    {
        using (StepScope check = _first.BeginStep(StepNames.Check))
        {
            using (StepScope again = _first.BeginStep(StepNames.Check))
            {
                again.Complete();
            }

            Assert.Equal("RunInUse", Stops(() => OtherStore.Open(_first.RunId).BeginStep(StepNames.Check)).Id);
            check.Complete();
        }

        Assert.Empty(_first.UnfinishedSteps);
        Assert.Empty(OtherStore.Open(_first.RunId).UnfinishedSteps);
    }

    [Fact]
    public async Task Step_on_a_run_that_went_on_elsewhere_sends_nothing_that_changes_Alma()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(5);
        await world.MarkedAsync();
        Core.Steps.PurgePlan plan = await world.PurgeStep().PlanAsync(world.PurgeOptions(), default);
        using TestFolder links = new();
        string link = Path.Combine(links.Path, "runs");
        Directory.CreateSymbolicLink(link, world.Store.Root);
        new RunStore(link).Open(world.Run.RunId).Update(d => d with { MaximumCount = 2 });

        await RefusalTests.StopsBeforeWritingAsync(
            world,
            "RunChangedElsewhere",
            () => world.PurgeStep().ApplyAsync(plan, Core.Alma.WriteApproval.Given("yes"), default));
        Directory.Delete(link);
    }

    private static AlmaPurgeException Stops(Action work) => Assert.Throws<AlmaPurgeException>(work);
}
