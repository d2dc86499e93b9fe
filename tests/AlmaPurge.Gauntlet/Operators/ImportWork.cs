using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Import;
using AlmaPurge.Core.Tables;
using AlmaPurge.Gauntlet.World;

namespace AlmaPurge.Gauntlet.Operators;

/// <summary>Imports the report, edited as the plan has it, into a new run.</summary>
internal sealed class ImportWork(CaseWorld world, CaseRecord record)
{
    public async Task<PurgeRun> ImportAsync()
    {
        (string path, IReadOnlyList<string> ids) = new ReportEditor(world, record.Touched).WritePatrons();
        ImportStep step = new(world.Reporter);
        ImportedPatrons patrons = step.Read([path], TableOptions.Default, CancellationToken.None);
        PurgeCriteria criteria = world.Plan.Releases.Apply(new PurgeCriteria
        {
            UserGroup = CaseWorld.Group,
            ExpiredBefore = world.Cutoff,
            DeleteUserPolicy = AlmaDeleteUserPolicy.KeepStatistics,
        });
        criteria = await RunBinding
            .ResolveAsync(criteria, world.Session, CancellationToken.None)
            .ConfigureAwait(false);
        PurgeRun run = world.Store.Create(patrons.Complete(criteria), preview: false);
        _ = step.Run(run, patrons, CancellationToken.None).Count();
        record.Imported = ids;
        return run;
    }
}
