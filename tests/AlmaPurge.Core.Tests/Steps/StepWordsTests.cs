using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Tests.Steps.HandBuilt;
using AlmaPurge.Core.Tests.Steps.Handoff;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>Refusals to the letter, where the words are all that a person has to go on.</summary>
public sealed class StepWordsTests
{
    private static readonly WriteApproval s_yes = WriteApproval.Given("yes");

    [Fact]
    public async Task User_group_that_the_institution_has_not()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(1);
        world.Propose(["p001"], world.Criteria("NOSUCH"));

        string message = await MessageAsync("UserGroupNotFound", () => world.CheckAsync());

        Assert.StartsWith("The institution has no user group 'NOSUCH'. Its groups are: ", message, StringComparison.Ordinal);
        Assert.Contains(", PURGEUG (Purge Undergraduates)", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_of_another_place()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(1);
        world.Run.Update(d => d with { Institution = "01OTHER_INST", EnvironmentType = AlmaEnvironmentType.Production });

        Assert.Equal(
            $"The run {world.Run.RunId} belongs to 01OTHER_INST (Production), but the connection reaches 01SIM_INST (Simulated). "
                + "Connect with the key that the run was started with.",
            await MessageAsync("OtherEnvironment", () => world.CheckAsync()));
    }

    [Fact]
    public async Task Nobody_left_to_mark()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(1);
        await world.BuildSetAsync();
        world.Run.Patrons.Exclude("p001", StepNames.Check, "OpenLoans", "one loan");

        Assert.Equal(
            $"Nobody of the run {world.Run.RunId} may be purged any more. Get-AlmaPurgeExclusion tells why each of them stays. "
                + "If they were marked, take that back with Undo-AlmaPurgeDate.",
            await MessageAsync("NobodyLeft", () => world.MarkAsync()));
    }

    [Fact]
    public async Task Set_that_holds_a_stranger()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.BuildSetAsync();
        SetEntry set = world.Run.Document.Set!;
        await SafetyStopTests.AddToSetAsync(world, set.SetId, "canary");

        Assert.Equal(
            $"The set '{set.Name}' holds 'canary', whom the run {world.Run.RunId} never imported. "
                + "Look at the set in Alma (Manage Sets): somebody else may have changed it. Start a new run.",
            await MessageAsync("SetHoldsOthers", () => world.MarkAsync()));
    }

    [Fact]
    public async Task Member_who_leaves_the_set_before_the_very_last_look()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        string setId = world.Run.Document.Set!.SetId;
        PurgePlan plan = await world.PurgeStep().PlanAsync(world.PurgeOptions(), default);
        int readings = 0;
        world.Line.Before = request =>
        {
            // The survivors are looked for first.
            if (request.RequestUri!.AbsolutePath.EndsWith("/members", StringComparison.Ordinal) && ++readings == 2)
            {
                LastLookTests.ChangeSet(world, setId, "delete_members");
            }
        };

        Assert.Equal(
            $"'p009' is no longer in the user set '{world.Run.Document.Set.Name}'; somebody is changing the set. Find out who, then repeat the step.",
            await MessageAsync("SetChanged", () => world.PurgeStep().ApplyAsync(plan, s_yes, default)));
        Assert.Empty(world.Purged);
        Assert.Null(world.Run.Document.Purge);
    }

    [Fact]
    public async Task Member_who_has_left_the_set_is_kept_with_that_evidence()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        await SafetyStopTests.TakeOutOfSetAsync(world, world.Run.Document.Set!.SetId, "p030");

        await world.PurgeAsync();

        Assert.Equal("is no longer in the user set", Assert.Single(world.Run.Patrons.Exclusions()).Evidence);
    }

    [Fact]
    public async Task Start_whose_answer_was_lost_says_from_when_on_it_can_be_told()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        DateTimeOffset before = world.Time.GetUtcNow();
        world.Line.Answer = request =>
            request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.EndsWith("M973", StringComparison.Ordinal)
                ? throw new HttpRequestException("The connection was closed.")
                : null;

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync("OutcomeUnknown", () => world.PurgeAsync());

        Assert.StartsWith(
            $"Alma's answer to starting the job M973 was lost, and no run named '{error.Target}' is to be seen. It is not sent again.",
            error.Message,
            StringComparison.Ordinal);
        string told = error.NextStep["Look under Monitor jobs in Alma whether it runs. Run the step again after ".Length..][..20];
        DateTimeOffset certain = DateTimeOffset.ParseExact(told, "u", System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(certain, before.AddMinutes(5).AddSeconds(-1), world.Time.GetUtcNow().AddMinutes(5));
    }

    [Fact]
    public async Task File_for_a_set_by_hand_that_will_not_do()
    {
        using TestFolder folder = new();
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        string inside = Path.Combine(world.Run.Folder!, "x.csv");
        string path = Path.Combine(folder.Path, "x.csv");
        string run = world.Run.RunId;

        Assert.Equal(
            $"'{inside}' is in the folder of the run {run}, which nothing but the run itself writes. Give a -Path outside of the run folder.",
            await MessageAsync("ExportInRunFolder", () => world.ExportAsync(inside)));
        world.Run.Update(d => d with { ImportedAt = null });
        Assert.Equal(
            $"Nobody was imported into the run {run} yet. Import its patrons with Import-AlmaPurgeCandidate.",
            await MessageAsync("NothingImported", () => world.ExportAsync(path)));
        world.Run.Update(d => d with { ImportedAt = DateTimeOffset.UnixEpoch });
        await world.ExportAsync(path, ["p001"]);
        Assert.Equal("was imported, but did not arrive where the file for a set built by hand was written", Assert.Single(world.Run.Patrons.Exclusions()).Evidence);
    }

    [Fact]
    public async Task File_for_a_set_by_hand_where_the_run_has_begun_one_of_its_own()
    {
        using TestFolder folder = new();
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        world.Line.Answer = request => request.RequestUri!.Query.Contains("op=add_members", StringComparison.Ordinal)
            ? InterceptingHandler.Error("DAILY_THRESHOLD", status: 429)
            : null;
        await Assert.ThrowsAsync<AlmaApiException>(() => world.BuildSetAsync());
        world.Line.Answer = null;
        Assert.Null(world.Run.Document.Set);

        string words = $"The run {world.Run.RunId} has the user set 'AlmaPurge {world.Run.RunId}' already, so none is to be built by hand. "
            + "Pipe the run to New-AlmaUserSet, which goes on with it, or to Set-AlmaPurgeDate.";
        string path = Path.Combine(folder.Path, "x.csv");
        Assert.Equal(words, await MessageAsync("SetAlreadyBuilt", () => world.ExportAsync(path)));
        await world.BuildSetAsync();
        Assert.Equal(words, await MessageAsync("SetAlreadyBuilt", () => world.ExportAsync(path)));
    }

    [Fact]
    public async Task Verification_of_what_still_runs_or_without_a_canary()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        PurgePlan plan = await world.PurgeStep().PlanAsync(world.PurgeOptions(), default);
        AlmaPurgeJob job = await world.PurgeStep().ApplyAsync(plan, s_yes, default);
        world.Line.Change = (request, text) => request.RequestUri!.AbsolutePath.Contains("/instances/", StringComparison.Ordinal)
            ? text.Replace("COMPLETED_SUCCESS", "RUNNING", StringComparison.Ordinal)
            : text;
        Assert.Equal(
            $"The purge job {job.InstanceId} is RUNNING, so nobody can be told gone or kept yet. Wait with Wait-AlmaJob, or start with -Wait.",
            await MessageAsync("PurgeStillRunning", () => world.VerifyAsync()));
        world.Line.Change = null;
        Assert.Equal(
            "No user known to exist was found (nobody), so 'not found' proves nothing. "
                + "Check the connection, and give the primary identifier of a user who exists as -CanaryId.",
            await MessageAsync("CanaryNotFound", () => world.VerifyAsync("nobody")));

        await world.VerifyAsync();

        Assert.Contains("The canary 'canary' is found, so 'not found' means gone.", world.Reporter.Details);
        Assert.Contains(new StepProgress("Looking up each patron", "", 3, 3), world.Reporter.AllProgress);
        Assert.Equal(("COMPLETED_SUCCESS", true), (world.Run.Document.Purge!.Status, world.Run.Document.Purge.IsFinished));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Undo_names_the_handover_only_where_there_is_one(bool isHandedOver)
    {
        const string words = "The purge was handed over to staff, who are not going to run it, as you say.";
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync(3);
        if (isHandedOver)
        {
            await world.HandOverAsync();
        }

        UndoPlan plan = await new UndoStep(world.Run, world.Session, world.Reporter)
            .PlanAsync(new UndoOptions { HandoffWithdrawn = true }, default);

        Assert.Contains($"have nothing of the marking.{(isHandedOver ? " " + words : "")} A group that was set by hand", plan.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_waits_first_for_the_job_of_an_undo_that_was_cut_short()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(25);
        foreach (string id in world.Run.Patrons.CandidateIds())
        {
            // A job can give back a date and not take one away.
            world.Simulator.UpdateUser(id, s => s with { PurgeDate = new DateOnly(2030, 1, 1) });
        }

        await world.MarkedAsync();
        UndoStep undo = new(world.Run, world.Session, world.Reporter);
        UndoPlan plan = await undo.PlanAsync(new UndoOptions(), default);
        bool isCut = true;
        HashSet<string> looks = [];
        world.Line.Answer = request =>
        {
            if (request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.Contains("M148/instances/", StringComparison.Ordinal))
            {
                looks.Add(request.RequestUri.Segments[^1]);
                return isCut ? throw new HttpRequestException("The network is down.") : null;
            }

            return null;
        };
        await Assert.ThrowsAsync<AlmaApiException>(() => undo.ApplyAsync(plan, s_yes, default));
        isCut = false;
        string job = Assert.Single(looks);
        looks.Clear();

        await new UndoStep(world.Run, world.Session, world.Reporter).PlanAsync(new UndoOptions(), default);

        Assert.Contains(job, looks);
    }

    private static async Task<string> MessageAsync(string id, Func<Task> work) =>
        (await PurgeWorldSteps.StopsAsync(id, work)).Message;
}
