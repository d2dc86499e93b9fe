using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>Taking the marking back: everybody has what they had, unless somebody else has changed it.</summary>
public sealed class UndoTests
{
    private static readonly DateOnly s_oldDate = new(2027, 6, 30);

    [Fact]
    public async Task Everybody_gets_group_and_date_back_by_one_job_and_the_run_is_at_its_end()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        SetDates(world, 60);
        string[] before = Records(world);
        await world.MarkedAsync();

        IReadOnlyList<AlmaUndoResult> results = await UndoAsync(world);

        Assert.Equal(before, Records(world));
        Assert.All(results, r => Assert.Equal(AlmaUndoStatus.Restored, r.Status));
        Assert.All(results, r => Assert.Contains("student-system load", r.Detail, StringComparison.Ordinal));
        Assert.Equal(2, world.Simulator.JobRuns.Count);
        Assert.DoesNotContain(world.Writes, w => w.Method == "PUT");
        Assert.Single(world.Simulator.Sets);
        Assert.Equal(AlmaPurgeRunState.Undone, RunView.StateOf(world.Run));
        await PurgeWorldSteps.StopsAsync("RunUndone", () => world.PurgeAsync());
        await PurgeWorldSteps.StopsAsync("RunUndone", () => world.MarkAsync());
        Assert.All(await UndoAsync(world), r => Assert.Equal(AlmaUndoStatus.Unchanged, r.Status));
    }

    [Fact]
    public async Task No_purge_date_before_is_given_back_by_put_without_the_field()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        string[] before = Records(world);
        await world.MarkedAsync();
        List<string> bodies = [];
        world.Line.Before = request =>
        {
            if (request.Method == HttpMethod.Put)
            {
                bodies.Add(request.Content!.ReadAsStringAsync().GetAwaiter().GetResult());
            }
        };

        await UndoAsync(world);

        Assert.Equal(before, Records(world));
        Assert.Equal(30, bodies.Count);
        Assert.All(bodies, b => Assert.DoesNotContain("purge_date", b, StringComparison.Ordinal));
        Assert.All(world.Writes.Where(w => w.Method == "PUT"), w => Assert.Contains("override=user_group", w.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_what_is_still_as_the_run_set_it_is_given_back()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        SetDates(world, 60);
        await world.MarkedAsync();
        DateOnly other = new(2030, 1, 1);
        world.Simulator.UpdateUser("p001", s => s with { UserGroup = "GRAD", PurgeDate = other });
        world.Simulator.UpdateUser("p002", s => s with { PurgeDate = other });
        world.Simulator.UpdateUser("p003", s => s with { UserGroup = "ALUMNI" });
        world.Simulator.UpdateUser("p004", s => s with { PrimaryId = "renamed" });
        world.Simulator.UpdateUser("p005", s => s with { ExpiryDate = other });

        IReadOnlyList<AlmaUndoResult> results = await UndoAsync(world);

        Assert.Equal(("GRAD", (DateOnly?)other), State(world, "p001"));
        Assert.Equal((PurgeWorld.Group, (DateOnly?)other), State(world, "p002"));
        Assert.Equal(("ALUMNI", (DateOnly?)s_oldDate), State(world, "p003"));
        Assert.Equal((PurgeWorld.PurgeGroup, (DateOnly?)world.PurgeDate), State(world, "renamed"));
        Assert.Equal(other, world.Simulator.FindUser("p005")!.ExpiryDate);
        Assert.Equal(
            [AlmaUndoStatus.Unchanged, AlmaUndoStatus.Restored, AlmaUndoStatus.Restored, AlmaUndoStatus.Gone, AlmaUndoStatus.Restored],
            results.Take(5).Select(r => r.Status));
    }

    [Fact]
    public async Task Purge_date_that_Alma_does_not_take_away_is_reported()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        world.Line.Before = request =>
        {
            if (request.Method == HttpMethod.Put && request.RequestUri!.AbsolutePath.EndsWith("/p002", StringComparison.Ordinal))
            {
                world.Line.Change = (asked, text) => asked.Method == HttpMethod.Get
                    && asked.RequestUri!.AbsolutePath.EndsWith("/p002", StringComparison.Ordinal)
                        ? text.Replace("\"expiry_date\"", "\"purge_date\":\"2031-01-01Z\",\"expiry_date\"", StringComparison.Ordinal)
                        : text;
            }
        };

        IReadOnlyList<AlmaUndoResult> results = await UndoAsync(world);

        Assert.Equal(AlmaUndoStatus.Failed, results[1].Status);
        Assert.Contains("2031-01-01", results[1].Detail, StringComparison.Ordinal);
        Assert.Equal("p002", Assert.Single(world.Reporter.Problems).Target);
        Assert.Equal(AlmaPurgeRunState.Partial, RunView.StateOf(world.Run));
        Assert.StartsWith("Undo-AlmaPurgeDate", world.Run.ToModel().NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sixth_start_in_an_hour_is_refused_and_the_rest_goes_one_by_one()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(150);
        for (int i = 1; i <= 150; i++)
        {
            DateOnly date = s_oldDate.AddDays(i % 6);
            world.Simulator.UpdateUser(FormattableString.Invariant($"p{i:000}"), s => s with { PurgeDate = date });
        }

        string[] before = Records(world);
        await world.MarkedAsync();

        IReadOnlyList<AlmaUndoResult> results = await UndoAsync(world);

        Assert.Equal(before, Records(world));
        Assert.Equal(5, world.Simulator.JobRuns.Count);
        Assert.Equal(50, world.Writes.Count(w => w.Method == "PUT"));
        Assert.All(results, r => Assert.Equal(AlmaUndoStatus.Restored, r.Status));
        Assert.Single(world.Simulator.Sets);
    }

    [Fact]
    public async Task Undo_that_was_cut_short_goes_on_and_sends_nothing_twice()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(40);
        string[] before = Records(world);
        await world.MarkedAsync();
        int puts = 0;
        world.Line.Change = (request, text) => request.Method == HttpMethod.Put && ++puts == 15
            ? throw new InvalidOperationException("The power failed.")
            : text;
        await Assert.ThrowsAsync<InvalidOperationException>(() => UndoAsync(world));
        world.Line.Change = null;

        await UndoAsync(world);

        Assert.Equal(before, Records(world));
        Assert.Equal(40, world.Writes.Count(w => w.Method == "PUT"));
        Assert.Empty(world.Run.Journal.Unsettled());
    }

    [Fact]
    public async Task Patrons_kept_by_Alma_leave_the_run_unsettled_until_they_are_given_back()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        world.Simulator.UpdateUser("p030", s => s with { HiddenBlocker = "is assigned to an order line" });
        await world.MarkedAsync();
        await world.PurgeAsync();

        List<AlmaPurgeResult> first = await world.VerifyAsync();
        (Exception problem, _) = Assert.Single(world.Reporter.Problems, p => p.Problem is AlmaPurgeException { Id: "RunUnsettled" });
        Assert.Contains("p030", problem.Message, StringComparison.Ordinal);
        Assert.Contains($"Get-AlmaPurgeRun {world.Run.RunId} | Undo-AlmaPurgeDate", problem.Message, StringComparison.Ordinal);
        Assert.StartsWith("Undo-AlmaPurgeDate", world.Run.ToModel().NextStep, StringComparison.Ordinal);
        await PurgeWorldSteps.StopsAsync("RunUnfinished", () => Task.Run(() => RunStore.Remove(world.Run)));

        IReadOnlyList<AlmaUndoResult> results = await UndoAsync(world);
        Assert.Equal("Confirm-AlmaPurge", world.Run.ToModel().NextStep);
        int problems = world.Reporter.Problems.Count;
        List<AlmaPurgeResult> second = await world.VerifyAsync();

        Assert.Equal((59, 1), (results.Count(r => r.Status == AlmaUndoStatus.Gone), results.Count(r => r.Status == AlmaUndoStatus.Restored)));
        Assert.Equal(PurgeWorld.Group, world.Simulator.FindUser("p030")!.UserGroup);
        Assert.Contains("no longer marked", second.Single(r => r.PrimaryId == "p030").Detail, StringComparison.Ordinal);
        Assert.Equal(first.Select(r => r.Status), second.Select(r => r.Status));
        Assert.Equal(problems, world.Reporter.Problems.Count);
        string folder = world.Run.Folder!;
        RunStore.Remove(world.Run);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Preview_sends_nothing_and_counts_right()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(25);
        SetDates(world, 20);
        await world.MarkedAsync();
        int writes = world.Writes.Count();

        UndoStep step = new(world.Run.ToPreview(), world.Session, world.Reporter);
        UndoPlan plan = await step.PlanAsync(new UndoOptions(), default);

        Assert.All(step.Preview(plan), r => Assert.Equal(AlmaUndoStatus.WouldRestore, r.Status));
        Assert.Contains("25 patrons", plan.Description, StringComparison.Ordinal);
        Assert.Contains("20 by 1 job(s), 5 one by one", plan.Description, StringComparison.Ordinal);
        Assert.Equal(6, plan.Requests.Count);
        Assert.Equal(writes, world.Writes.Count());
    }

    [Fact]
    public async Task Run_that_is_not_marked_has_nothing_to_take_back()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.BuildSetAsync();

        await RefusalTests.StopsBeforeWritingAsync(world, "NotMarked", () => UndoAsync(world));
    }

    private static async Task<IReadOnlyList<AlmaUndoResult>> UndoAsync(PurgeWorld world)
    {
        UndoStep step = new(world.Run, world.Session, world.Reporter);
        UndoPlan plan = await step.PlanAsync(new UndoOptions(), default);
        return await step.ApplyAsync(plan, WriteApproval.Given("yes"), default);
    }

    private static void SetDates(PurgeWorld world, int count)
    {
        foreach (string id in Enumerable.Range(1, count).Select(i => FormattableString.Invariant($"p{i:000}")))
        {
            world.Simulator.UpdateUser(id, s => s with { PurgeDate = s_oldDate });
        }
    }

    private static (string Group, DateOnly? Date) State(PurgeWorld world, string id)
    {
        SimulatedUser user = world.Simulator.FindUser(id)!;
        return (user.UserGroup, user.PurgeDate);
    }

    private static string[] Records(PurgeWorld world) =>
    [
        .. world.Simulator.Users.OrderBy(u => u.PrimaryId, StringComparer.Ordinal).Select(u => FormattableString.Invariant(
            $"{u.PrimaryId} {u.UserGroup} {u.PurgeDate:yyyy-MM-dd} {u.ExpiryDate:yyyy-MM-dd} {u.State.Status}")),
    ];
}
