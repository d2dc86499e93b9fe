using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps.Calls;

/// <summary>A step that today's calls cannot bring to its end is not begun; one that they might not, is warned of.</summary>
public sealed class CallBudgetTests
{
    [Fact]
    public async Task Check_is_not_begun_and_the_error_says_what_is_needed_and_what_to_do()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        await world.AllowCallsAsync(30);

        AlmaPurgeException error = await RefusedAsync(world, () => world.CheckAsync(), mayRead: 2);

        long floor = world.Session.Connection.DailyCallFloor;
        Assert.Contains("Confirm-AlmaPurgeCandidate needs at least 30 API calls", error.Message, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"{floor + 28} are left today, of which {floor} stay to others"), error.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was begun", error.Message, StringComparison.Ordinal);
        Assert.Contains("midnight UTC", error.NextStep, StringComparison.Ordinal);
        Assert.Contains("-SplitByDay", error.NextStep, StringComparison.Ordinal);
        Assert.Contains("-DailyCallFloor", error.NextStep, StringComparison.Ordinal);
        Assert.Equal(AlmaPurgeRunState.Imported, RunView.StateOf(world.Run));
    }

    [Fact]
    public async Task Check_of_a_few_out_of_many_goes_through()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        await world.AllowCallsAsync(20);
        AlmaPurgeCandidate[] few = [.. world.Run.RemainingCandidates().Take(3)];

        List<AlmaPurgeCandidate> passed = [];
        await foreach (AlmaPurgeCandidate candidate in world.CheckStep().RunAsync(AsyncItems.From(few), default))
        {
            passed.Add(candidate);
        }

        Assert.Equal(3, passed.Count);
        Assert.Empty(world.Reporter.Warnings);
    }

    [Fact]
    public async Task Doubtful_check_is_warned_of_and_goes_on_the_next_day()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        await world.AllowCallsAsync(60);

        AlmaApiException error = await Assert.ThrowsAsync<AlmaApiException>(() => world.CheckAsync());
        world.Pass(TimeSpan.FromDays(1));
        await world.AllowCallsAsync(500);
        List<string> passed = await world.CheckAsync();

        Assert.Equal(AlmaErrorKind.DailyLimit, error.Kind);
        Assert.Contains("needs 30 to 120 API calls", Assert.Single(world.Reporter.Warnings), StringComparison.Ordinal);
        Assert.Equal(30, passed.Count);
    }

    [Fact]
    public async Task What_surely_fits_is_said_and_nothing_else()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(10);

        await world.CheckAsync();

        Assert.Empty(world.Reporter.Warnings);
        Assert.Contains(world.Reporter.Details, d => d.StartsWith("Confirm-AlmaPurgeCandidate needs 10 to 40 calls;", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Set_whose_patrons_cannot_be_checked_today_is_not_built()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        await world.AllowCallsAsync(25);

        AlmaPurgeException error = await RefusedAsync(world, () => world.BuildSetAsync(), mayRead: 2);

        Assert.Contains("New-AlmaUserSet needs at least 34 API calls", error.Message, StringComparison.Ordinal);
        Assert.Contains("hand on fewer patrons", error.NextStep, StringComparison.Ordinal);
        Assert.Null(world.Run.Document.Set);
    }

    [Fact]
    public async Task Marking_whose_checks_have_aged_is_not_begun()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        await world.BuildSetAsync();
        world.Pass(TimeSpan.FromHours(48));
        await world.AllowCallsAsync(40);

        AlmaPurgeException error = await RefusedAsync(world, () => world.MarkAsync());

        Assert.Contains("Set-AlmaPurgeDate needs at least", error.Message, StringComparison.Ordinal);
        Assert.Null(world.Run.Document.Mark);
    }

    [Theory]
    [InlineData(AlmaPurgeRoute.SetJob, 60)]
    [InlineData(AlmaPurgeRoute.Handoff, 60)]
    [InlineData(AlmaPurgeRoute.UserDelete, 70)]
    public async Task Purge_is_not_begun_and_nobody_is_looked_at(AlmaPurgeRoute route, int calls)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        await world.AllowCallsAsync(calls);

        AlmaPurgeException error = await RefusedAsync(world, () => world.PurgeAsync(route));

        Assert.Contains("Start-AlmaPurgeJob needs at least", error.Message, StringComparison.Ordinal);
        Assert.Empty(world.Purged);
        Assert.Null(world.Run.Document.Purge);
        Assert.Equal(AlmaPurgeRunState.Marked, RunView.StateOf(world.Run));
    }

    [Fact]
    public async Task Calls_that_others_use_up_while_the_question_stands_open_stop_the_purge_before_it()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        await world.AllowCallsAsync(1_000);
        PurgeStep step = world.PurgeStep();
        PurgePlan plan = await step.PlanAsync(world.PurgeOptions(AlmaPurgeRoute.UserDelete), default);
        await world.OthersCallAsync(900);

        await RefusedAsync(world, () => step.ApplyAsync(plan, WriteApproval.Given("yes"), default), mayRead: 1);

        Assert.Empty(world.Purged);
    }

    [Fact]
    public async Task Verification_and_undo_are_not_begun()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        await world.MarkedAsync();
        await world.AllowCallsAsync(30);
        await RefusedAsync(world, () => world.UndoStep().PlanAsync(new UndoOptions(), default));
        await world.AllowCallsAsync(900);
        await world.PurgeAsync();
        await world.AllowCallsAsync(30);

        AlmaPurgeException error = await RefusedAsync(world, () => world.VerifyAsync());

        Assert.Contains("Confirm-AlmaPurge needs at least 31 API calls", error.Message, StringComparison.Ordinal);
        Assert.Empty(world.Run.Results);
    }

    [Fact]
    public async Task Preview_of_a_step_that_only_its_changes_would_make_too_long_is_warned_of()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        await world.AllowCallsAsync(100);
        PurgeRun preview = world.Run.ToPreview();

        PurgePlan plan = await world.PurgeStep(preview).PlanAsync(world.PurgeOptions(AlmaPurgeRoute.UserDelete), default);

        Assert.Contains("Needs ", plan.Description, StringComparison.Ordinal);
        Assert.Contains(world.Reporter.Warnings, w => w.StartsWith("Start-AlmaPurgeJob needs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Calls_that_Alma_does_not_tell_of_stop_nothing()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        world.Line.HidesCallsLeft = true;
        await world.AllowCallsAsync(1);

        Assert.Equal(20, (await world.CheckAsync()).Count);
        BuildSetPlan plan = await world.BuildSetStep().PlanAsync(null, new BuildSetOptions(), default);

        Assert.Contains("calls; Alma does not tell how many are left today.", plan.Question, StringComparison.Ordinal);
        Assert.Contains(world.Reporter.Details, d => d.EndsWith("Alma does not tell how many are left today.", StringComparison.Ordinal));
        Assert.Empty(world.Reporter.Warnings);
    }

    [Fact]
    public async Task Number_that_would_refuse_is_asked_for_anew()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        world.Simulator.SetFaults("dailyLimit@1");
        await Assert.ThrowsAsync<AlmaApiException>(() => world.Session.Reader.GetGeneralConfigurationAsync(default));
        Assert.Equal(0, world.Session.Connection.CallsLeftToday);
        world.Simulator.SetFaults();

        Assert.Equal(20, (await world.CheckAsync()).Count);
    }

    [Fact]
    public async Task Used_up_day_is_the_same_refusal()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        await RunBinding.BindAsync(world.Run, world.Session, default);
        world.Simulator.SetFaults("dailyLimit@1");
        await Assert.ThrowsAsync<AlmaApiException>(() => world.Session.Reader.GetGeneralConfigurationAsync(default));

        await RefusedAsync(world, () => world.CheckAsync(), mayRead: 1);
    }

    // No change was sent, and nobody was read one by one.
    private static async Task<AlmaPurgeException> RefusedAsync(PurgeWorld world, Func<Task> step, int mayRead = 20)
    {
        int writes = world.Writes.Count();
        int before = world.Simulator.Requests.Count;

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync("NotEnoughCallsLeft", step);

        Assert.Equal(AlmaPurgeErrorKind.LimitExceeded, error.Kind);
        Assert.Equal(world.Run.RunId, error.Target);
        Assert.Equal(writes, world.Writes.Count());
        Assert.InRange(world.Simulator.Requests.Count - before, 0, mayRead);
        Assert.DoesNotContain(world.Simulator.Requests.Skip(before), r => r.Path.Contains("/users/p0", StringComparison.Ordinal));
        return error;
    }
}
