using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Import;
using AlmaPurge.Gauntlet.World;

namespace AlmaPurge.Gauntlet.Operators;

/// <summary>Imports the patrons of the plan's source into a new run.</summary>
internal sealed class ImportWork(CaseWorld world, CaseRecord record)
{
    private readonly PatronSources _sources = new(world, record);

    public async Task<PurgeRun> ImportAsync()
    {
        ImportedPatrons patrons = await _sources.ReadAsync().ConfigureAwait(false);
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
        _ = new ImportStep(world.Reporter).Run(run, patrons, CancellationToken.None).Count();
        return run;
    }
}
