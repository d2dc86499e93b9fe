using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>
/// The disk of the run folder is really full: nothing is done in Alma that the journal does not know, and with room again
/// the steps go on to the same end.
/// </summary>
public sealed class FullDiskTests
{
    private const int Patrons = 40;

    private static readonly WriteApproval s_yes = WriteApproval.Given("yes");

    [SkippableFact]
    public async Task Step_on_a_full_disk_is_refused_before_it_changes_anything()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip();
        using PurgeWorld world = await PurgeWorld.SafeAsync(Patrons);
        PurgeRun run = await BuiltAsync(world, disk);
        int writes = world.Writes.Count();
        disk.Fill();

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync("RunFolderUnavailable", () => MarkAsync(world, run));

        Assert.Contains("disk has room", error.Message + error.NextStep, StringComparison.Ordinal);
        Assert.Equal(writes, world.Writes.Count());
        disk.Free();
        await MarkAsync(world, run);
        await DeleteAsync(world, run);
        Assert.Equal(Patrons, world.Purged.Count());
    }

    [SkippableFact]
    public async Task Disk_that_fills_up_while_the_marking_is_sent_does_not_lead_to_a_second_one()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip();
        using PurgeWorld world = await PurgeWorld.SafeAsync(Patrons);
        PurgeRun run = await BuiltAsync(world, disk);
        world.Line.Before = request =>
        {
            if (request.Method == HttpMethod.Post)
            {
                disk.Fill();
            }
        };

        await PurgeWorldSteps.StopsAsync("RunFolderUnavailable", () => MarkAsync(world, run));
        world.Line.Before = null;
        disk.Free();
        PurgeRun again = Anew(run, disk);
        await MarkAsync(world, again);
        await DeleteAsync(world, again);

        Assert.Single(world.Simulator.JobRuns);
        Assert.Equal(Patrons, world.Purged.Count());
        Assert.Empty(again.Journal.Unsettled());
    }

    [SkippableFact]
    public async Task Disk_that_fills_up_between_deletions_stops_them_and_each_is_sent_once()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip();
        using PurgeWorld world = await PurgeWorld.SafeAsync(Patrons);
        PurgeRun run = await BuiltAsync(world, disk);
        await MarkAsync(world, run);
        int deletions = 0;
        world.Line.Before = request =>
        {
            if (request.Method == HttpMethod.Delete && ++deletions == 3)
            {
                disk.Fill();
            }
        };

        await PurgeWorldSteps.StopsAsync("RunFolderUnavailable", () => DeleteAsync(world, run));
        disk.Free();
        string journal = await File.ReadAllTextAsync(Path.Combine(run.Folder!, "journal.jsonl"));
        string[] sent = Deleted(world);
        Assert.InRange(sent.Length, 3, Patrons - 1);
        Assert.All(sent, id => Assert.Contains($"\"action\":\"DeleteUser\",\"data\":{{\"id\":\"{id}\"}}", journal, StringComparison.Ordinal));

        PurgeRun again = Anew(run, disk);
        await DeleteAsync(world, again);

        string[] all = Deleted(world);
        Assert.Equal((Patrons, Patrons), (all.Length, all.Distinct().Count()));
        Assert.Equal(Patrons, world.Purged.Count());
        Assert.Empty(again.Journal.Unsettled());
        Assert.All(await world.VerifyAsync(run: again), r => Assert.Equal(AlmaPurgeStatus.Purged, r.Status));
    }

    private static string[] Deleted(PurgeWorld world) =>
        [.. world.Simulator.Requests.Where(r => r.Method == "DELETE").Select(r => r.Path.Split('?')[0].Split('/')[^1])];

    // As another process would, from what is on disk.
    private static PurgeRun Anew(PurgeRun run, SmallDisk disk)
    {
        string copy = Path.Combine(disk.Path, "copy");
        Directory.Move(run.Folder!, copy);
        return new RunStore(disk.Path, run.Time).Open(copy);
    }

    private static async Task<PurgeRun> BuiltAsync(PurgeWorld world, SmallDisk disk)
    {
        PurgeRun run = new RunStore(disk.Path, world.Time).Create(world.Criteria(), preview: false);
        using (StepScope scope = run.BeginStep(StepNames.Import))
        {
            run.Patrons.AddCandidates(world.Run.Patrons.CandidateIds());
            run.Update(d => d with { ImportedAt = world.Time.GetUtcNow() });
            scope.Complete();
        }

        await world.CheckAsync(run);
        BuildSetStep build = world.BuildSetStep(run);
        await build.ApplyAsync(await build.PlanAsync(null, new BuildSetOptions(), default), s_yes, default);
        return run;
    }

    private static async Task MarkAsync(PurgeWorld world, PurgeRun run)
    {
        MarkStep mark = world.MarkStep(run);
        await mark.ApplyAsync(await mark.PlanAsync(world.MarkOptions(), default), s_yes, default);
    }

    private static async Task DeleteAsync(PurgeWorld world, PurgeRun run)
    {
        PurgeStep purge = world.PurgeStep(run);
        PurgePlan plan = await purge.PlanAsync(world.PurgeOptions(AlmaPurgeRoute.UserDelete), default);
        await purge.ApplyAsync(plan, s_yes, default);
    }
}
