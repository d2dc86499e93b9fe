using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Simulator;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>What an undo says of each patron, and what it does where Alma does not play along.</summary>
public sealed class UndoReportTests
{
    private const string ByHand = "; the group counts as set by hand now, so a student-system load may leave it alone";

    private static readonly DateOnly s_oldDate = new(2027, 6, 30);

    [Fact]
    public async Task Each_patron_is_told_with_what_they_have_now()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(6);
        world.Simulator.UpdateUser("p002", s => s with { PurgeDate = s_oldDate });
        await world.MarkedAsync();
        world.Simulator.UpdateUser("p002", s => s with { UserGroup = "ALUMNI" });
        world.Simulator.UpdateUser("p003", s => s with { PrimaryId = "renamed" });
        world.Simulator.UpdateUser("p004", s => s with { UserGroup = "ALUMNI", PurgeDate = s_oldDate });
        world.Simulator.UpdateUser("p005", s => s with { PrimaryId = "renamed5" });
        world.AddPatron("p005", s => s with { CreatedDate = world.Time.GetUtcNow() });
        world.Line.Change = (request, text) => IsUser(request, "p006") ? Without(text, "primary_id") : text;

        UndoPlan plan = await new UndoStep(world.Run, world.Session, world.Reporter).PlanAsync(new UndoOptions(), default);
        IReadOnlyList<AlmaUndoResult> results = await ApplyAsync(world, plan);

        Assert.Equal(
            [
                (AlmaUndoStatus.Restored, "user group UNDRGRD, no purge date" + ByHand),
                (AlmaUndoStatus.Restored, "purge date 2027-06-30"),
                (AlmaUndoStatus.Gone, "no longer in Alma"),
                (AlmaUndoStatus.Unchanged, "nothing on the record is as this run set it"),
                (AlmaUndoStatus.Gone, "no longer in Alma; somebody new has the identifier"),
                (AlmaUndoStatus.Failed, "Alma's answer has no primary identifier"),
            ],
            results.Select(r => (r.Status, r.Detail)));
        Assert.Contains("2 are gone, 1 have nothing of the marking", plan.Description, StringComparison.Ordinal);
        Assert.Equal(
            ["GET, then PUT /almaws/v1/users/p001?override=user_group", "GET, then PUT /almaws/v1/users/p002?override=user_group"],
            plan.Requests);
        Assert.Contains(new StepProgress("Looking at each patron of the run", "", 6, 6), world.Reporter.AllProgress);
        Assert.Contains(new StepProgress("Giving back group and purge date", "", 2, 2), world.Reporter.AllProgress);
    }

    [Theory]
    [InlineData("ignored", "reads back as this run had set it")]
    [InlineData("refused", "Alma refused the change (Refused 401858)")]
    [InlineData("gone", "Alma did not answer with this patron after the change")]
    [InlineData("other", "Alma did not answer with this patron after the change")]
    public async Task Patron_who_could_not_be_given_back_is_told_with_the_reason(string how, string detail)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        world.Simulator.UpdateUser("p002", s => s with { PurgeDate = s_oldDate });
        await world.MarkedAsync();
        bool isPut = false;
        world.Line.Answer = request =>
        {
            if (request.Method != HttpMethod.Put || !IsUser(request, "p002"))
            {
                return isPut && how == "gone" && IsUser(request, "p002") ? InterceptingHandler.Error("401861") : null;
            }

            isPut = true;
            return how switch
            {
                "ignored" => new HttpResponseMessage { Content = request.Content },
                "refused" => InterceptingHandler.Error("401858"),
                _ => null,
            };
        };
        world.Line.Change = (request, text) => isPut && how == "other" && request.Method == HttpMethod.Get && IsUser(request, "p002")
            ? text.Replace("\"p002\"", "\"p009\"", StringComparison.Ordinal)
            : text;

        IReadOnlyList<AlmaUndoResult> results = await UndoAsync(world);

        Assert.Equal((AlmaUndoStatus.Failed, detail), (results[1].Status, results[1].Detail));
        Assert.Equal([AlmaUndoStatus.Restored, AlmaUndoStatus.Restored], [results[0].Status, results[2].Status]);
        AlmaPurgeException problem = Assert.IsType<AlmaPurgeException>(Assert.Single(world.Reporter.Problems).Problem);
        Assert.Equal("PatronNotRestored", problem.Id);
        Assert.Contains($"'p002' could not be given back user group and purge date: {detail}.", problem.Message, StringComparison.Ordinal);
        Assert.Contains("Run Undo-AlmaPurgeDate again", problem.NextStep, StringComparison.Ordinal);
        Assert.Equal(
            how == "refused" ? "refused" : "done",
            world.Run.Journal.Lines.Where(l => l is { Action: "RestoreUser", Of: not null }).ElementAt(1).Result);
    }

    [Fact]
    public async Task Answer_that_is_lost_is_read_back_and_a_daily_limit_stops()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        world.Line.Change = (request, text) => request.Method == HttpMethod.Put && IsUser(request, "p001")
            ? throw new HttpRequestException("The connection was closed.")
            : text;
        world.Line.Answer = request => request.Method == HttpMethod.Put && IsUser(request, "p002")
            ? InterceptingHandler.Error("DAILY_THRESHOLD", status: 429)
            : null;

        AlmaApiException error = await Assert.ThrowsAsync<AlmaApiException>(() => UndoAsync(world));

        Assert.Equal(AlmaErrorKind.DailyLimit, error.Kind);
        Assert.Equal(
            ["unknown", "refused"],
            world.Run.Journal.Lines.Where(l => l is { Action: "RestoreUser", Of: not null }).Select(l => l.Result));
        world.Line.Answer = null;
        world.Line.Change = null;
        Assert.Equal(
            [AlmaUndoStatus.Unchanged, AlmaUndoStatus.Restored, AlmaUndoStatus.Restored],
            (await UndoAsync(world)).Select(r => r.Status));
    }

    [Fact]
    public async Task Purge_that_still_runs_stops_the_undo()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        PurgePlan plan = await world.PurgeStep().PlanAsync(new PurgeOptions { Route = AlmaPurgeRoute.SetJob }, default);
        await world.PurgeStep().ApplyAsync(plan, WriteApproval.Given("yes"), default);
        world.Line.Answer = request => request.RequestUri!.AbsolutePath.Contains("/M973/instances/", StringComparison.Ordinal)
            ? new HttpResponseMessage { Content = new StringContent("""{"id":"1","name":"x","status":{"value":"RUNNING"}}""", System.Text.Encoding.UTF8, "application/json") }
            : null;

        AlmaPurgeException error = await RefusalTests.StopsBeforeWritingAsync(world, "PurgeStillRunning", () => UndoAsync(world));

        Assert.Contains("is RUNNING, and no job can be stopped", error.Message, StringComparison.Ordinal);
        Assert.Contains("Wait with Wait-AlmaJob", error.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_refused_start_no_further_set_is_made()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        for (int i = 1; i <= 60; i++)
        {
            DateOnly date = s_oldDate.AddDays(i % 3);
            world.Simulator.UpdateUser(FormattableString.Invariant($"p{i:000}"), s => s with { PurgeDate = date });
        }

        await world.MarkedAsync();
        world.Line.Answer = request => request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.EndsWith("/M148", StringComparison.Ordinal)
            ? InterceptingHandler.Error("402223")
            : null;

        IReadOnlyList<AlmaUndoResult> results = await UndoAsync(world);

        Assert.All(results, r => Assert.Equal(AlmaUndoStatus.Restored, r.Status));
        Assert.Equal(2, world.Writes.Count(w => w.Method == "POST" && w.Path.EndsWith("/conf/sets", StringComparison.Ordinal)));
        Assert.Contains("Alma starts no more jobs now (402223); the rest is given back one by one.", world.Reporter.Details);
        Assert.Empty(world.Run.Journal.Unsettled());
        Assert.Single(world.Simulator.Sets);
    }

    [Theory]
    [InlineData("60107", 400, "done")]
    [InlineData("402999", 400, "refused")]
    public async Task Set_of_the_undo_that_cannot_be_deleted_is_told(string code, int status, string result)
    {
        using PurgeWorld world = await DatedAsync(s_oldDate);
        await world.MarkedAsync();
        world.Line.Answer = request => request.Method == HttpMethod.Delete ? InterceptingHandler.Error(code, status: status) : null;

        await UndoAsync(world);

        Assert.Equal(result, Assert.Single(world.Run.Journal.Lines, l => l is { Action: "DeleteUndoSet", Of: not null }).Result);
        Assert.Equal(
            result != "done",
            world.Reporter.Warnings.Any(w => w.Contains("which was made for the undo, could not be deleted", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Somebody_else_in_the_set_of_the_undo_stops_it_before_the_job()
    {
        using PurgeWorld world = await DatedAsync(s_oldDate);
        await world.MarkedAsync();
        bool isDone = false;
        world.Line.Before = request =>
        {
            if (!isDone && request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.EndsWith("/members", StringComparison.Ordinal))
            {
                isDone = true;
                string setId = request.RequestUri.Segments[^2].TrimEnd('/');
                SafetyStopTests.AddToSetAsync(world, setId, "canary").GetAwaiter().GetResult();
            }
        };

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync("SetHoldsOthers", () => UndoAsync(world));

        Assert.Contains("holds 'canary', who was not put into it", error.Message, StringComparison.Ordinal);
        Assert.Contains("Find out who changes sets", error.NextStep, StringComparison.Ordinal);
        Assert.Single(world.Simulator.JobRuns);
    }

    [Fact]
    public async Task Member_whom_the_set_of_the_undo_does_not_take_goes_one_by_one_and_is_not_excluded()
    {
        using PurgeWorld world = await DatedAsync(s_oldDate);
        await world.MarkedAsync();
        world.Line.Answer = request => request.RequestUri!.Query.Contains("add_members", StringComparison.Ordinal)
            && request.Content!.ReadAsStringAsync().GetAwaiter().GetResult().Contains("\"p007\"", StringComparison.Ordinal)
                ? InterceptingHandler.Error("60116")
                : null;

        IReadOnlyList<AlmaUndoResult> results = await UndoAsync(world);

        Assert.All(results, r => Assert.Equal(AlmaUndoStatus.Restored, r.Status));
        Assert.Empty(world.Run.Patrons.Exclusions());
        Assert.Contains("/p007", Assert.Single(world.Writes, w => w.Method == "PUT").Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Purge_date_that_no_job_can_set_is_given_back_by_put()
    {
        using PurgeWorld world = await DatedAsync(new DateOnly(2000, 1, 1));
        await world.MarkedAsync();

        await UndoAsync(world);

        Assert.Single(world.Simulator.JobRuns);
        Assert.All(world.Simulator.Users.Where(u => u.PrimaryId != "canary"), u => Assert.Equal(new DateOnly(2000, 1, 1), u.PurgeDate));
    }

    [Fact]
    public async Task Group_that_was_never_changed_is_not_given_back()
    {
        using PurgeWorld world = await DatedAsync(s_oldDate);
        await world.MarkedAsync(world.MarkOptions() with { PurgeGroup = null });
        UndoPlan plan = await new UndoStep(world.Run, world.Session, world.Reporter).PlanAsync(new UndoOptions(), default);

        IReadOnlyList<AlmaUndoResult> results = await ApplyAsync(world, plan);

        Assert.Contains("(a set of 25: group kept, purge date 2027-06-30)", Assert.Single(plan.Requests), StringComparison.Ordinal);
        Assert.Equal("false", world.Simulator.JobRuns[1].Parameters["UPDATE_User_Information_UserGroup_Active"]);
        Assert.All(results, r => Assert.Equal((AlmaUndoStatus.Restored, "purge date 2027-06-30"), (r.Status, r.Detail)));
    }

    [Fact]
    public async Task Job_is_announced_with_the_group_it_gives_back()
    {
        using PurgeWorld world = await DatedAsync(s_oldDate);
        await world.MarkedAsync();

        UndoPlan plan = await new UndoStep(world.Run, world.Session, world.Reporter).PlanAsync(new UndoOptions(), default);

        Assert.Contains("(a set of 25: group UNDRGRD, purge date 2027-06-30)", Assert.Single(plan.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_tells_who_would_get_it_back_and_who_is_gone_and_a_previewed_marking_has_nothing_to_give_back()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        await world.BuildSetAsync();
        PurgeRun preview = world.Run.ToPreview();
        world.MarkStep(preview).Preview(await world.MarkStep(preview).PlanAsync(world.MarkOptions(), default));
        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync(
            "NotMarked", () => new UndoStep(preview, world.Session, world.Reporter).PlanAsync(new UndoOptions(), default));
        Assert.Contains("have no purge date from it.", error.Message, StringComparison.Ordinal);
        await world.MarkAsync();
        world.Simulator.UpdateUser("p001", s => s with { PrimaryId = "renamed" });

        UndoStep step = new(world.Run.ToPreview(), world.Session, world.Reporter);
        IReadOnlyList<AlmaUndoResult> results = step.Preview(await step.PlanAsync(new UndoOptions(), default));

        Assert.Equal(
            [(AlmaUndoStatus.Gone, "no longer in Alma"), (AlmaUndoStatus.WouldRestore, "would get user group and purge date from before")],
            results.Select(r => (r.Status, r.Detail)));
        await UndoAsync(world);
        AlmaPurgeException undone = await PurgeWorldSteps.StopsAsync("RunUndone", () => world.PurgeAsync());
        Assert.Contains($"The marking of the run {world.Run.RunId} was taken back", undone.Message, StringComparison.Ordinal);
        Assert.Contains("Start a new run", undone.NextStep, StringComparison.Ordinal);
    }

    private static bool IsUser(HttpRequestMessage request, string id) =>
        request.RequestUri!.AbsolutePath.EndsWith("/users/" + id, StringComparison.Ordinal);

    private static string Without(string text, string field)
    {
        JObject user = JObject.Parse(text);
        user.Remove(field);
        return user.ToString();
    }

    // Enough with one purge date for a job.
    private static async Task<PurgeWorld> DatedAsync(DateOnly date)
    {
        PurgeWorld world = await PurgeWorld.SafeAsync(25);
        foreach (string id in world.Run.Patrons.CandidateIds())
        {
            world.Simulator.UpdateUser(id, s => s with { PurgeDate = date });
        }

        return world;
    }

    private static async Task<IReadOnlyList<AlmaUndoResult>> UndoAsync(PurgeWorld world) => await ApplyAsync(
        world, await new UndoStep(world.Run, world.Session, world.Reporter).PlanAsync(new UndoOptions(), default));

    private static Task<IReadOnlyList<AlmaUndoResult>> ApplyAsync(PurgeWorld world, UndoPlan plan) =>
        new UndoStep(world.Run, world.Session, world.Reporter).ApplyAsync(plan, WriteApproval.Given("yes"), default);
}
