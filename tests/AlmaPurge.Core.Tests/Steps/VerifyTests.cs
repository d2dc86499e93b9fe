using AlmaPurge.Core.Runs;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>What is told of each patron after the purge.</summary>
public sealed class VerifyTests
{
    [Fact]
    public async Task Namesake_created_after_the_purge_is_Recreated()
    {
        using PurgeWorld world = await PurgedAsync(3);
        world.AddPatron("p002", s => s with { CreatedDate = world.Time.GetUtcNow() });

        AlmaPurgeResult result = (await world.VerifyAsync()).Single(r => r.PrimaryId == "p002");

        Assert.Equal(AlmaPurgeStatus.Recreated, result.Status);
        Assert.Contains("created anew", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Id_that_is_only_a_barcode_by_now_is_gone()
    {
        using PurgeWorld world = await PurgedAsync(3);
        world.AddPatron("other", s => s with { Identifiers = [new SimulatedIdentifier("BARCODE", "p002")] });

        AlmaPurgeResult result = (await world.VerifyAsync("canary")).Single(r => r.PrimaryId == "p002");

        Assert.Equal(AlmaPurgeStatus.Purged, result.Status);
    }

    [Fact]
    public async Task Patron_of_whom_Alma_does_not_answer_is_Unknown()
    {
        using PurgeWorld world = await PurgedAsync(3);
        world.Line.Answer = request => request.RequestUri!.AbsolutePath.EndsWith("/p002", StringComparison.Ordinal)
            ? InterceptingHandler.Error("401999")
            : null;

        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.Equal(
            [AlmaPurgeStatus.Purged, AlmaPurgeStatus.Unknown, AlmaPurgeStatus.Purged],
            results.Select(r => r.Status));
        Assert.Contains(world.Reporter.Warnings, w => w.Contains("'p002'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Patron_with_status_deleted_is_purged()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        world.Simulator.UpdateUser("p002", s => s with { HiddenBlocker = "not this time" });
        await world.PurgeAsync();
        world.Simulator.UpdateUser("p002", s => s with { Status = "DELETED" });

        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.Equal((AlmaPurgeStatus.Purged, "status is Deleted"), (results[1].Status, results[1].Detail));
    }

    [Fact]
    public async Task Survivor_who_is_gone_all_the_same_is_shouted_about()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        world.Simulator.UpdateUser("p002", s => s with { OpenRequests = 1 });
        await world.PurgeAsync();
        world.Simulator.UpdateUser("p002", s => s with { PurgeDate = world.PurgeDate });
        Assert.Equal(["p002"], world.Simulator.PurgeUserRecords(1, "PUBLIC", PurgeWorld.Group, 1));

        AlmaPurgeResult result = (await world.VerifyAsync()).Single(r => r.PrimaryId == "p002");

        Assert.Equal((AlmaPurgeStatus.Purged, "Drifted"), (result.Status, result.Rule));
        Assert.Contains(world.Reporter.Warnings, w => w.Contains("'p002' was to be kept", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_that_the_import_kept_are_accounted_for_too()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        world.Run.Patrons.Exclude("", StepNames.Import, "MissingPrimaryId", "row 7 is blank");
        world.Run.Patrons.Exclude("", StepNames.Import, "MissingPrimaryId", "row 8 is blank");
        world.Run.Patrons.Exclude("1E+07", StepNames.Import, "DamagedPrimaryId", "scientific notation");
        await world.MarkedAsync();
        await world.PurgeAsync();

        List<AlmaPurgeResult> results = await world.VerifyAsync();
        using TestFolder copy = new();
        PurgeRun opened = RunCopy.Open(world.Run, copy);

        Assert.Equal(["p001", "p002", "p003", "", "", "1E+07"], results.Select(r => r.PrimaryId));
        Assert.Equal(6, world.Run.ToModel().PatronCount);
        Assert.Equal(6, opened.ToModel().PatronCount);
        Assert.Equal(results.Select(r => r.PrimaryId), opened.Results.Select(r => r.PrimaryId));
    }

    [Fact]
    public async Task Verification_may_be_repeated()
    {
        using PurgeWorld world = await PurgedAsync(3);

        List<AlmaPurgeResult> first = await world.VerifyAsync();
        List<AlmaPurgeResult> second = await world.VerifyAsync();

        Assert.Equal(first.Select(r => r.Status), second.Select(r => r.Status));
        Assert.Equal(AlmaPurgeRunState.Verified, RunView.StateOf(world.Run));
    }

    [Fact]
    public async Task Deletions_that_were_killed_can_be_verified()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        world.Run.BeginStep(StepNames.Purge).Dispose();
        world.Run.Update(d => d with
        {
            Purge = new(AlmaPurgeRoute.UserDelete, 3, world.Time.GetUtcNow(), "RUNNING", false, null, null),
        });

        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.All(results, r => Assert.Equal(AlmaPurgeStatus.Kept, r.Status));
        Assert.Equal(("STOPPED", true), (world.Run.Document.Purge!.Status, world.Run.Document.Purge.IsFinished));
        Assert.Equal(AlmaPurgeRunState.Verified, RunView.StateOf(world.Run));
    }

    private static async Task<PurgeWorld> PurgedAsync(int patrons)
    {
        PurgeWorld world = await PurgeWorld.SafeAsync(patrons);
        await world.MarkedAsync();
        await world.PurgeAsync();
        return world;
    }
}
