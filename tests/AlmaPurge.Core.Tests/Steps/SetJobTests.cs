using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>The route of Alma's set-based job: its template, the first time at an institution, and waiting for a start.</summary>
public sealed class SetJobTests
{
    private const string Xml =
        """
        POST https://api-na.hosted.exlibrisgroup.com/almaws/v1/conf/jobs/M973?op=run
        <job><parameters>
          <parameter><name>PRODUCT</name><value>alma</value></parameter>
          <parameter><name>set_id</name><value>9500000</value></parameter>
          <parameter><name>job_name</name><value>Purge Users - by hand</value></parameter>
          <parameter><name>PURGE_Users_Days_After_Purge_Date</name><value>0</value></parameter>
          <parameter><name>PURGE_Users_Waive_Threshold</name><value>0</value></parameter>
          <parameter><name>PURGE_Users_User_Group</name><value>ALUMNI</value></parameter>
          <parameter><name>PURGE_Users_User_Record_Type</name><value>STAFF</value></parameter>
        </parameters></job>
        """;

    private const string Json =
        """
        {"parameter":[{"name":{"value":"set_id"},"value":"9500000"},{"name":{"value":"job_name"},"value":"by hand"},
          {"name":{"value":"PURGE_Users_Days_After_Purge_Date"},"value":"0"},{"name":{"value":"PURGE_Users_User_Group"},"value":"Null"}]}
        """;

    [Fact]
    public async Task Template_as_pasted_is_filled_in_with_what_was_agreed_to()
    {
        using PurgeWorld world = await PurgeWorld.SandboxAsync(3);
        await world.MarkedAsync();

        await world.PurgeAsync(options: world.PurgeOptions() with { JobTemplate = Xml, DaysAfterPurgeDate = 7, WaiveThreshold = 2.5m });

        IReadOnlyDictionary<string, string> sent = world.Simulator.JobRuns[1].Parameters;
        Assert.Equal(world.Run.Document.Set!.SetId, sent["set_id"]);
        Assert.StartsWith("AlmaPurge ", sent["job_name"], StringComparison.Ordinal);
        Assert.Equal(("7", "2.5", PurgeWorld.PurgeGroup, "PUBLIC", "alma"), (
            sent["PURGE_Users_Days_After_Purge_Date"],
            sent["PURGE_Users_Waive_Threshold"],
            sent["PURGE_Users_User_Group"],
            sent["PURGE_Users_User_Record_Type"],
            sent["PRODUCT"]));
        Assert.Equal(3, world.Purged.Count());
    }

    [Fact]
    public async Task What_the_template_has_no_parameter_for_is_named_before_anybody_agrees()
    {
        using PurgeWorld world = await PurgeWorld.SandboxAsync(3);
        await world.MarkedAsync();

        PurgePlan some = await world.PurgeStep().PlanAsync(world.PurgeOptions() with { JobTemplate = Json }, default);
        PurgePlan all = await world.PurgeStep().PlanAsync(world.PurgeOptions() with { JobTemplate = Xml }, default);

        foreach (string words in (string[])[some.Description, some.Question])
        {
            Assert.Contains("NOT ENFORCED BY ALMA", words, StringComparison.Ordinal);
            Assert.Contains(": waive threshold, record type;", words, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("NOT ENFORCED", all.Question, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PURGE_Users_Waive_Threshold", "PURGE_Users_Ignore_Loans", "PURGE_Users_Ignore_Loans")]
    [InlineData("PURGE_Users_Waive_Threshold", "set_id", "set_id")]
    [InlineData("jobs/M973", "jobs/M148", "(address)")]
    public async Task Template_with_anything_unexpected_is_refused_by_name(string old, string put, string named)
    {
        using PurgeWorld world = await PurgeWorld.SandboxAsync(3);
        await world.MarkedAsync();

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync("JobParameterRefused", () => world.PurgeAsync(
            options: world.PurgeOptions() with { JobTemplate = Xml.Replace(old, put, StringComparison.Ordinal) }));

        Assert.Equal(named, error.Target);
        Assert.Single(world.Simulator.JobRuns);
    }

    [Fact]
    public async Task First_one_at_an_institution_holds_ten_at_most_until_one_was_verified()
    {
        using PurgeWorld world = await PurgeWorld.SandboxAsync(25);
        string[] all = [.. world.Run.Patrons.CandidateIds()];
        PurgeOptions options = world.PurgeOptions() with { JobTemplate = Xml };
        await StartRunAsync(world, all[..11]);

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync("FirstSetJobTooLarge", () => world.PurgeAsync(options: options));

        Assert.Contains("at most 10 patrons; this one holds 11", error.Message, StringComparison.Ordinal);
        Assert.Contains("01SIM_INST (Sandbox)", error.Message, StringComparison.Ordinal);
        Assert.Empty(world.Purged);
        await new UndoStep(world.Run, world.Session, world.Reporter).ApplyAsync(
            await new UndoStep(world.Run, world.Session, world.Reporter).PlanAsync(new UndoOptions(), default),
            WriteApproval.Given("yes"),
            default);

        await StartRunAsync(world, all[..10]);
        await world.PurgeAsync(options: options);
        await StartRunAsync(world, all[10..]);
        await PurgeWorldSteps.StopsAsync("FirstSetJobTooLarge", () => world.PurgeAsync(options: options));
        PurgeRun second = world.Run;
        PurgeRun first = world.Store.Open(world.Store.List(false).Single(r => r.State == AlmaPurgeRunState.PurgeStarted).RunId);
        await world.VerifyAsync(run: first);
        await world.PurgeStep(second).PlanAsync(options, default);
        await world.PurgeAsync(options: options);

        Assert.Equal(25, world.Purged.Count());
    }

    [Fact]
    public async Task One_that_does_not_come_out_even_proves_nothing()
    {
        using PurgeWorld world = await PurgeWorld.SandboxAsync(15);
        string[] all = [.. world.Run.Patrons.CandidateIds()];
        PurgeOptions options = world.PurgeOptions() with { JobTemplate = Xml };
        await StartRunAsync(world, all[..2]);
        world.Simulator.UpdateUser(all[1], s => s with { HiddenBlocker = "is locked by a running job" });
        await world.PurgeAsync(options: options);
        await world.VerifyAsync();
        Assert.False(File.Exists(Path.Combine(world.Store.Root, "setjob-verified.json")));

        // Once the one whom Alma kept is settled, it has come out even after all.
        await new UndoStep(world.Run, world.Session, world.Reporter).ApplyAsync(
            await new UndoStep(world.Run, world.Session, world.Reporter).PlanAsync(new UndoOptions(), default),
            WriteApproval.Given("yes"),
            default);
        await world.VerifyAsync();

        Assert.Contains("\"institution\": \"01SIM_INST\"", await File.ReadAllTextAsync(Path.Combine(world.Store.Root, "setjob-verified.json")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"institution":"01SIM_INST","environmentType":"Sandbox","runId":"r","patronCount":3,"verifiedAt":"2026-11-26T08:00:00+00:00"}]""", true)]
    [InlineData("""[{"institution":"01SIM_INST","environmentType":"Production","runId":"r","patronCount":3,"verifiedAt":"2026-11-26T08:00:00+00:00"}]""", false)]
    [InlineData("""[{"institution":"01OTHER_INST","environmentType":"Sandbox","runId":"r","patronCount":3,"verifiedAt":"2026-11-26T08:00:00+00:00"}]""", false)]
    [InlineData("no json", false)]
    public async Task Proof_is_one_of_the_same_environment(string record, bool isProof)
    {
        using PurgeWorld world = await PurgeWorld.SandboxAsync(11);
        await File.WriteAllTextAsync(Path.Combine(world.Store.Root, "setjob-verified.json"), record);
        await world.MarkedAsync();

        Exception? refusal = await Record.ExceptionAsync(
            () => world.PurgeAsync(options: world.PurgeOptions() with { JobTemplate = Xml }));

        Assert.Equal(isProof, refusal is null);
        Assert.Equal(isProof ? 11 : 0, world.Purged.Count());
        Assert.Equal(AlmaPurgeRunState.Marked, isProof ? AlmaPurgeRunState.Marked : RunView.StateOf(world.Run));
    }

    [Fact]
    public async Task Rehearsal_on_the_simulator_is_held_to_no_such_limit()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(11);
        await world.MarkedAsync();

        await world.PurgeAsync();

        Assert.Equal(11, world.Purged.Count());
    }

    [Theory]
    [InlineData("402222")]
    [InlineData("402223")]
    [InlineData("60347")]
    public async Task Busy_Alma_is_waited_for_and_everybody_is_looked_at_before_each_attempt(string code)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        int attempts = 0;
        world.Line.Answer = request => request.RequestUri!.Query.Contains("op=run", StringComparison.Ordinal) && ++attempts <= 3
            ? Refuse(world, attempts, code)
            : null;

        AlmaPurgeJob job = await world.PurgeAsync(options: world.PurgeOptions() with { WhenBusy = AlmaWhenBusy.Wait });

        Assert.Equal((4, "COMPLETED_SUCCESS"), (attempts, job.Status));
        Assert.Equal(59, world.Purged.Count());
        Assert.Equal(PurgeWorld.Group, world.Simulator.FindUser("p030")!.UserGroup);
        Assert.Equal(3, world.Run.Journal.Lines.Count(l => l is { Action: "RunPurgeJob", Result: "refused" }));
        Assert.Contains(world.Reporter.AllProgress, p => p.Activity.StartsWith("Waiting until Alma", StringComparison.Ordinal)
            && p.Status.Contains(code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Other_refusals_and_lost_answers_are_not_waited_out()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        int attempts = 0;
        world.Line.Answer = request =>
            request.RequestUri!.Query.Contains("op=run", StringComparison.Ordinal) && ++attempts > 0
                ? InterceptingHandler.Error("402228")
                : null;

        await Assert.ThrowsAsync<AlmaApiException>(
            () => world.PurgeAsync(options: world.PurgeOptions() with { WhenBusy = AlmaWhenBusy.Wait }));

        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task Stop_while_waiting_starts_nothing()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        using CancellationTokenSource stop = new();
        world.Line.Answer = request =>
        {
            if (!request.RequestUri!.Query.Contains("op=run", StringComparison.Ordinal))
            {
                return null;
            }

            stop.Cancel();
            return InterceptingHandler.Error("402223");
        };
        PurgePlan plan = await world.PurgeStep().PlanAsync(world.PurgeOptions() with { WhenBusy = AlmaWhenBusy.Wait }, default);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => world.PurgeStep().ApplyAsync(plan, WriteApproval.Given("yes"), stop.Token));

        Assert.Null(world.Run.Document.Purge);
        Assert.Empty(world.Purged);
    }

    // While it is waited for, somebody gets a request.
    private static HttpResponseMessage Refuse(PurgeWorld world, int attempt, string code)
    {
        if (attempt == 2)
        {
            world.Simulator.UpdateUser("p030", s => s with { OpenRequests = 1 });
        }

        return InterceptingHandler.Error(code, "busy");
    }

    private static async Task StartRunAsync(PurgeWorld world, string[] ids)
    {
        world.Propose(ids);
        await world.MarkedAsync();
    }
}
