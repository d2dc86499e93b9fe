using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps.Calls;

/// <summary>A live check over several days: each day what surely fits, and nobody is lost or decided of in between.</summary>
public sealed class SplitCheckTests
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    [Fact]
    public async Task Each_day_checks_what_fits_and_the_next_goes_on_with_those_who_wait()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        await world.AllowCallsAsync(50);

        (List<string> first, AlmaPurgeException? end) = await world.CheckByDayAsync();

        Assert.Equal(Ids(1, 12), first);
        Assert.Equal("NotFinishedToday", end!.Id);
        Assert.Equal(AlmaPurgeErrorKind.LimitExceeded, end.Kind);
        Assert.StartsWith(FormattableString.Invariant($"12 patron(s) were checked today; 18 patron(s) of the run {world.Run.RunId} wait"), end.Message, StringComparison.Ordinal);
        Assert.Empty(world.Run.Patrons.Exclusions());
        AlmaPurgeRun view = world.Run.ToModel();
        Assert.Equal((AlmaPurgeRunState.Partial, 18), (view.State, view.WaitingCount));
        Assert.StartsWith("Confirm-AlmaPurgeCandidate -SplitByDay, which goes on with the 18 patron(s)", view.NextStep, StringComparison.Ordinal);

        world.Pass(s_day);
        await world.AllowCallsAsync(50);
        int before = world.Simulator.Requests.Count;
        (List<string> second, end) = await world.CheckByDayAsync();

        Assert.Equal(Ids(1, 24), second);
        Assert.Equal("NotFinishedToday", end!.Id);
        Assert.Equal(Ids(13, 24), UsersReadSince(world, before));

        world.Pass(s_day);
        await world.AllowCallsAsync(500);
        (List<string> third, end) = await world.CheckByDayAsync();

        Assert.Null(end);
        Assert.Equal(Ids(1, 30), third);
        view = world.Run.ToModel();
        Assert.Equal((AlmaPurgeRunState.Checked, 0), (view.State, view.WaitingCount));
        Assert.Null(world.Run.Document.CheckSince);
    }

    [Fact]
    public async Task Calls_that_quick_refusals_leave_over_are_used_and_never_too_many()
    {
        using PurgeWorld world = await PurgeWorld.GeneratedAsync(200);
        await world.AllowCallsAsync(100);
        int all = world.Run.Patrons.RemainingCount;

        (List<string> passed, AlmaPurgeException? end) = await world.CheckByDayAsync();

        int reached = all - world.Run.ToModel().WaitingCount;
        Assert.Equal("NotFinishedToday", end!.Id);
        Assert.InRange(reached, 26, all - 1);
        Assert.Equal(reached - passed.Count, world.Run.Patrons.ExclusionCount);
        Assert.InRange(world.Session.Connection.CallsLeftToday!.Value - world.Session.Connection.DailyCallFloor, 0, 3);
    }

    [Fact]
    public async Task Day_without_room_for_one_begins_nothing()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        await world.AllowCallsAsync(4);

        (List<string> passed, AlmaPurgeException? end) = await world.CheckByDayAsync();

        Assert.Empty(passed);
        Assert.Equal("NotEnoughCallsLeft", end!.Id);
        Assert.Contains("needs 4 API calls", end.Message, StringComparison.Ordinal);
        Assert.Equal(AlmaPurgeRunState.Imported, RunView.StateOf(world.Run));
    }

    [Fact]
    public async Task What_fits_in_one_day_is_a_check_like_any_other()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(10);

        (List<string> passed, AlmaPurgeException? end) = await world.CheckByDayAsync();

        Assert.Null(end);
        Assert.Equal(10, passed.Count);
        Assert.Equal(AlmaPurgeRunState.Checked, RunView.StateOf(world.Run));
    }

    [Fact]
    public async Task Another_process_goes_on_with_those_who_wait()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        await world.AllowCallsAsync(50);
        await world.CheckByDayAsync();

        using TestFolder folder = new();
        PurgeRun copy = RunCopy.Open(world.Run, folder, world.Time);
        AlmaPurgeRun view = copy.ToModel();

        Assert.Equal((AlmaPurgeRunState.Partial, 18), (view.State, view.WaitingCount));
        Assert.Equal(world.Run.Document.CheckSince, copy.Document.CheckSince);
        Assert.All(Ids(1, 12), id => Assert.NotNull(SplitCheck.DoneOf(copy, id)));
    }

    [Fact]
    public async Task Set_of_the_whole_run_checks_those_who_wait_and_leaves_nobody_out()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        await world.AllowCallsAsync(50);
        await world.CheckByDayAsync();

        await PurgeWorldSteps.StopsAsync("NotEnoughCallsLeft", () => world.BuildSetAsync());
        world.Pass(TimeSpan.FromHours(12));
        await world.AllowCallsAsync(500);
        AlmaUserSet set = await world.BuildSetAsync();

        Assert.Equal(30, set.MemberCount);
        Assert.Equal(0, world.Run.ToModel().WaitingCount);
        Assert.Equal(AlmaPurgeRunState.SetBuilt, RunView.StateOf(world.Run));
    }

    [Fact]
    public async Task Set_of_those_who_were_reached_keeps_the_others_with_the_reason()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        await world.AllowCallsAsync(50);
        (List<string> reached, _) = await world.CheckByDayAsync();
        await world.AllowCallsAsync(100);

        AlmaUserSet set = await world.BuildSetAsync([.. reached]);

        Assert.Equal(12, set.MemberCount);
        Assert.Equal(18, world.Run.Patrons.Exclusions().Count(e => e.Rule == "NotPassedOn"));
        Assert.Equal((AlmaPurgeRunState.SetBuilt, 0), (RunView.StateOf(world.Run), world.Run.ToModel().WaitingCount));
    }

    [Fact]
    public async Task Check_that_is_not_split_looks_at_everybody_anew_and_ends_the_other()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        await world.AllowCallsAsync(50);
        await world.CheckByDayAsync();
        world.Pass(s_day);
        await world.AllowCallsAsync(500);
        int before = world.Simulator.Requests.Count;

        List<string> passed = await world.CheckAsync();

        Assert.Equal(30, passed.Count);
        Assert.Equal(Ids(1, 30), UsersReadSince(world, before));
        Assert.Null(world.Run.Document.CheckSince);
        Assert.Equal(AlmaPurgeRunState.Checked, RunView.StateOf(world.Run));
    }

    private static string[] Ids(int from, int to) =>
        [.. Enumerable.Range(from, to - from + 1).Select(i => FormattableString.Invariant($"p{i:000}"))];

    private static string[] UsersReadSince(PurgeWorld world, int before) =>
        [.. world.Simulator.Requests.Skip(before)
            .Where(r => r.Path.Contains("/users/p", StringComparison.Ordinal))
            .Select(r => r.Path[(r.Path.IndexOf("/users/p", StringComparison.Ordinal) + 7)..][..4])
            .Distinct()
            .Order(StringComparer.Ordinal)];
}
