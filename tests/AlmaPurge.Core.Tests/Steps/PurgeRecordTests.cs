using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Tests.Steps.Handoff;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>What the run says of its purge before, during and after the start.</summary>
public sealed class PurgeRecordTests
{
    private static readonly WriteApproval s_yes = WriteApproval.Given("Purge 3 patrons?");

    [Fact]
    public async Task Approval_stands_in_the_journal_before_the_start_and_the_job_is_queued_until_it_is_waited_for()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        PurgeStep step = world.PurgeStep();

        AlmaPurgeJob job = await step.ApplyAsync(await step.PlanAsync(world.PurgeOptions(), default), s_yes, default);

        Assert.Equal(("QUEUED", false, null), (job.Status, job.IsFinished, job.Instructions));
        JournalLine[] lines = [.. world.Run.Journal.Lines];
        int approved = Array.FindIndex(lines, l => l.Action == "PurgeApproved");
        Assert.Equal("Purge 3 patrons?", (string)lines[approved].Data!["sentence"]!);
        Assert.NotNull(lines[approved].Data!["policy"]);
        Assert.InRange(approved, 0, Array.FindIndex(lines, l => l.Action == JournalActions.RunPurgeJob) - 1);
    }

    [Fact]
    public async Task Deletions_are_running_until_they_are_at_their_end()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        List<(string, bool)> seen = [];
        world.Line.Before = request =>
        {
            if (request.Method == HttpMethod.Delete)
            {
                seen.Add((world.Run.Document.Purge!.Status, world.Run.Document.Purge.IsFinished));
            }
        };

        AlmaPurgeJob job = await world.PurgeAsync(AlmaPurgeRoute.UserDelete);

        Assert.Equal([("RUNNING", false), ("RUNNING", false), ("RUNNING", false)], seen);
        Assert.Equal(("DONE", true, null), (job.Status, job.IsFinished, job.Instructions));
    }

    [Fact]
    public async Task Ceiling_is_held_once_more_just_before_the_start()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();

        await PurgeWorldSteps.StopsAsync("MoreThanMaximumCount", () => world.PurgeAsync(
            afterPlan: () => world.Run.Update(d => d with { MaximumCount = 2 })));

        Assert.Empty(world.Purged);
        Assert.Null(world.Run.Document.Purge);
    }

    [Fact]
    public async Task Nobody_who_answers_in_the_last_look_ends_it_and_keeps_ten_at_most()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        world.Line.Answer = request => request.RequestUri!.PathAndQuery.Contains("expand=loans", StringComparison.Ordinal)
            ? InterceptingHandler.Error("INTERNAL_SERVER_ERROR", status: 400)
            : null;

        await Assert.ThrowsAsync<AlmaApiException>(() => world.PurgeAsync());

        Assert.InRange(world.Run.Patrons.Exclusions().Count, 1, 10);
        Assert.Empty(world.Purged);
    }

    [Fact]
    public async Task Whom_the_last_look_keeps_is_told_with_the_rules_and_counted()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        world.Simulator.UpdateUser("p030", s => s with { OpenRequests = 1 });

        await world.PurgeAsync();

        Assert.Contains("p030 stays: Drifted, OpenRequests", world.Reporter.Details);
        Assert.Contains(new StepProgress("Looking at each patron once more", "1 kept", 60, 60), world.Reporter.AllProgress);
    }

    [Fact]
    public async Task Handover_anew_is_announced_as_such()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync(3);
        await world.HandOverAsync();

        PurgePlan again = await world.PurgeStep().PlanAsync(world.PurgeOptions(AlmaPurgeRoute.Handoff), default);

        Assert.StartsWith("Hand anew over to staff: they purge 3 patrons for good on Alma's page Purge User Records, by route Handoff", again.Question, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_without_a_policy_says_that_it_is_asked_for()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        world.Propose(world.Run.Patrons.CandidateIds(), world.Criteria() with { DeleteUserPolicy = null });
        await world.MarkedAsync();
        PurgePlan preview = await world.PurgeStep(world.Run.ToPreview()).PlanAsync(world.PurgeOptions(), default);
        Assert.Contains(", Delete User Policy not told yet (-DeleteUserPolicy is asked for before the purge).", preview.Question, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alma_without_the_job_is_told_with_the_other_way()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        await world.MarkedAsync();
        world.Line.Change = (_, text) => text.Replace("\"Purge Users\"", "\"Purge Items\"", StringComparison.Ordinal);

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync("PurgeJobMissing", () => world.PurgeAsync());

        Assert.Equal(
            "This Alma offers no job named 'Purge Users' to this key. Use -Route UserDelete, or ask Ex Libris for the set-based purge job of November 2025.",
            error.Message,
            ignoreCase: true);
    }

    [Fact]
    public async Task Refusal_without_a_word_is_told_by_its_code()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        world.Line.Answer = request =>
            request.Method == HttpMethod.Delete && request.RequestUri!.AbsolutePath.EndsWith("/p002", StringComparison.Ordinal)
                ? new HttpResponseMessage(System.Net.HttpStatusCode.BadRequest)
                {
                    Content = new StringContent("""{"errorsExist":true,"errorList":{"error":[{"errorCode":"401850"}]}}"""),
                }
                : null;

        await world.PurgeAsync(AlmaPurgeRoute.UserDelete);
        AlmaPurgeResult kept = Assert.Single(await world.VerifyAsync(), r => r.Status == AlmaPurgeStatus.Kept);

        Assert.Contains("refused with 401850", kept.Detail, StringComparison.Ordinal);
    }
}
