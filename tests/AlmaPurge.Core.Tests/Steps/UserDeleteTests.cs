using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>The route of one DELETE for each patron.</summary>
public sealed class UserDeleteTests
{
    [Fact]
    public async Task Before_every_delete_the_same_id_is_read()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(8);
        world.AddPatron("ann/lee 50%", s => s);
        world.Propose([.. world.Run.Patrons.CandidateIds(), "ann/lee 50%"]);
        await world.MarkedAsync();

        await world.PurgeAsync(AlmaPurgeRoute.UserDelete);

        IReadOnlyList<LoggedRequest> requests = world.Simulator.Requests;
        int[] deletions = [.. Enumerable.Range(0, requests.Count).Where(i => requests[i].Method == "DELETE")];
        Assert.Equal(9, deletions.Length);
        Assert.Equal(9, world.Purged.Count());
        Assert.All(deletions, i =>
        {
            Assert.Equal("GET", requests[i - 1].Method);
            Assert.Equal(requests[i].Path.Split('?')[0], requests[i - 1].Path.Split('?')[0]);
            Assert.Contains("expand=loans", requests[i - 1].Path, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Barcode_twin_is_not_deleted()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        world.AddPatron("twin", s => s with
        {
            UserGroup = "ALUMNI",
            Identifiers = [new SimulatedIdentifier("BARCODE", "p030")],
        });
        int reads = 0;
        world.Line.Before = request =>
        {
            // Somebody else removes p030 after the plan has seen it, so that the id is the twin's barcode only.
            if (request.Method == HttpMethod.Delete && reads++ == 0)
            {
                world.Simulator.UpdateUser("p030", s => s with { PrimaryId = "renamed" });
            }
        };

        await world.PurgeAsync(AlmaPurgeRoute.UserDelete);

        Assert.False(world.Simulator.FindUser("twin")!.IsDeleted);
        Assert.False(world.Simulator.FindUser("renamed")!.IsDeleted);
        Assert.Equal(59, world.Purged.Count());
        Assert.Contains("IdentityMismatch", Assert.Single(world.Run.Patrons.Exclusions()).Rules);
    }

    [Fact]
    public async Task Refusal_is_told_with_Almas_words_and_the_others_go()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        world.Simulator.UpdateUser("p030", s => s with { HiddenBlocker = "is assigned to an order line" });
        await world.MarkedAsync();

        AlmaPurgeJob job = await world.PurgeAsync(AlmaPurgeRoute.UserDelete);
        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.Equal(("DONE_WITH_REFUSALS", true, 60), (job.Status, job.IsFinished, job.PatronCount));
        Assert.Equal(59, world.Purged.Count());
        Assert.Equal(["p030", world.Run.RunId], world.Reporter.Problems.Select(p => p.Target));
        AlmaPurgeResult kept = Assert.Single(results, r => r.Status == AlmaPurgeStatus.Kept);
        Assert.Equal("p030", kept.PrimaryId);
        Assert.Contains("is assigned to an order line", kept.Detail, StringComparison.Ordinal);
        Assert.Contains(new StepProgress("Deleting patrons", "1 refused, 0 kept", 60, 60), world.Reporter.AllProgress);
        Assert.Contains("still marked", kept.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusals_in_a_row_stop_the_deletions()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        int deletions = 0;
        world.Line.Answer = request => request.Method == HttpMethod.Delete && deletions++ >= 10
            ? InterceptingHandler.Error("401850", "Failed to delete user")
            : null;

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync(
            "DeletionsFail", () => world.PurgeAsync(AlmaPurgeRoute.UserDelete));
        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.Contains("5 deletion(s) in a row", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("Run the step again once that is put right: it goes on with those who are left.", error.NextStep, StringComparison.Ordinal);
        Assert.Equal(15, deletions);
        Assert.Equal(("STOPPED", true), (world.Run.Document.Purge!.Status, world.Run.Document.Purge.IsFinished));
        Assert.Equal(10, results.Count(r => r.Status == AlmaPurgeStatus.Purged));
        Assert.Equal(50, results.Count(r => r.Status == AlmaPurgeStatus.Kept));
        Assert.Equal(10, world.Purged.Count());
    }

    [Fact]
    public async Task Lost_answer_to_a_deletion_is_not_repeated_and_the_verification_tells()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        await world.MarkedAsync();
        int deletions = 0;
        world.Line.Change = (request, text) => request.Method == HttpMethod.Delete && ++deletions == 7
            ? throw new HttpRequestException("The connection was closed.")
            : text;

        await world.PurgeAsync(AlmaPurgeRoute.UserDelete);
        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.Equal(20, deletions);
        Assert.Contains(new StepProgress("Deleting patrons", "0 refused, 0 kept", 20, 20), world.Reporter.AllProgress);
        Assert.Empty(world.Reporter.Problems);
        Assert.All(results, r => Assert.Equal(AlmaPurgeStatus.Purged, r.Status));
        JournalLine lost = Assert.Single(world.Run.Journal.Lines, l => l is { Action: "DeleteUser", Result: "unknown" });
        Assert.Contains(world.Run.Journal.Lines, l => l.Kind == "intent" && l.Number == lost.Of);
    }

    [Fact]
    public async Task Debt_between_waive_threshold_and_fee_tolerance_keeps_the_patron_and_is_no_drift()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(10);
        world.Propose(world.Run.Patrons.CandidateIds(), world.Criteria() with { FeeTolerance = 20 });
        foreach (string id in (string[])["p002", "p004", "p006"])
        {
            world.Simulator.UpdateUser(id, s => s with { Fees = [new SimulatedFee("OVERDUEFINE", "ACTIVE", 5m, 5m)] });
        }

        await world.MarkedAsync();
        await world.PurgeAsync(AlmaPurgeRoute.UserDelete);

        Assert.Equal(7, world.Purged.Count());
        Assert.Equal(["p002", "p004", "p006"], world.Run.Patrons.Exclusions().Select(e => e.PrimaryId));
        Assert.All(world.Run.Patrons.Exclusions(), e => Assert.Equal(["OwesFees"], e.Rules));
        Assert.Contains(new StepProgress("Deleting patrons", "0 refused, 3 kept", 10, 10), world.Reporter.AllProgress);
        Assert.Equal(PurgeWorld.Group, world.Simulator.FindUser("p002")!.UserGroup);
    }

    [Fact]
    public async Task Too_many_who_change_while_deleting_stop_it_and_those_are_settled()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        world.Line.Before = request =>
        {
            if (request.Method == HttpMethod.Delete && world.Simulator.FindUser("p040")!.OpenRequests == 0)
            {
                world.Simulator.UpdateUser("p040", s => s with { OpenRequests = 1 });
                world.Simulator.UpdateUser("p050", s => s with { OpenRequests = 1 });
            }
        };

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync(
            "TooManyDrifted", () => world.PurgeAsync(AlmaPurgeRoute.UserDelete));

        Assert.Contains("changed since they were checked", error.Message, StringComparison.Ordinal);
        Assert.Contains("The rest were not purged.", error.Message, StringComparison.Ordinal);
        Assert.Equal(48, world.Purged.Count());
        Assert.Equal(PurgeWorld.Group, world.Simulator.FindUser("p040")!.UserGroup);
        Assert.Equal(PurgeWorld.Group, world.Simulator.FindUser("p050")!.UserGroup);
    }

    [Fact]
    public async Task Stop_in_the_middle_leaves_nothing_in_doubt()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        await world.MarkedAsync();
        using CancellationTokenSource stop = new();
        int deletions = 0;
        world.Line.Before = request =>
        {
            if (request.Method == HttpMethod.Delete && ++deletions == 5)
            {
                stop.Cancel();
            }
        };
        PurgeStep step = world.PurgeStep();
        PurgePlan plan = await step.PlanAsync(world.PurgeOptions(AlmaPurgeRoute.UserDelete), default);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => step.ApplyAsync(plan, Core.Alma.WriteApproval.Given("yes"), stop.Token));

        Assert.Equal(5, world.Purged.Count());
        Assert.Equal(5, world.Run.Journal.Lines.Count(l => l is { Action: "DeleteUser", Result: "done" }));
        Assert.Equal("STOPPED", world.Run.Document.Purge!.Status);
        Assert.EndsWith("Confirm-AlmaPurge", world.Run.ToModel().NextStep, StringComparison.Ordinal);
        List<AlmaPurgeResult> results = await world.VerifyAsync();
        Assert.Equal(5, results.Count(r => r.Status == AlmaPurgeStatus.Purged));
    }
}
