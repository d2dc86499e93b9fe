using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Import;
using AlmaPurge.Guards;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

/// <content>The run that the candidates are imported into.</content>
public sealed partial class ImportAlmaPurgeCandidateCommand
{
    private PurgeRun? NewRun(ImportedPatrons patrons)
    {
        PurgeCriteria criteria = new()
        {
            UserGroup = UserGroup?.Trim() ?? patrons.SingleUserGroup(),
            ExpiredBefore = DateOnly.FromDateTime(ExpiredBefore),
        };
        AlmaSession? session = HasConnection ? GetSession() : null;
        if (session is not null)
        {
            criteria = Await((_, stop) => RunBinding.ResolveAsync(criteria, session, stop));
        }

        criteria = patrons.Complete(criteria);
        RequireWanted(criteria);
        RunStore store = new(RunPath is null ? null : GetUnresolvedProviderPathFromPSPath(RunPath));
        string what = FormattableString.Invariant(
            $"Import {patrons.RowCount} rows for a purge of {criteria.UserGroupCode ?? criteria.UserGroup}, expired before {criteria.ExpiredBefore:yyyy-MM-dd}, into a new run folder under '{store.Root}'.");
        if (!IsWhatIf && !Approval.AskLocal(this, what, store.Root))
        {
            return null;
        }

        PurgeRun run = store.Create(criteria, preview: IsWhatIf);
        if (session is not null)
        {
            RunBinding.BindNew(run, session);
        }

        return run;
    }

    // Which institution it belongs to is known before anything is asked or read.
    private PurgeRun Given()
    {
        PurgeRun run = RunReference.Resolve(this, Run!);
        if (IsFromAlma || Connection is not null)
        {
            RunBinding.RequireSame(run, GetSession());
        }

        if (IsWhatIf)
        {
            return run.ToPreview();
        }

        RequireWanted(run.Criteria);
        return run;
    }

    private PurgeRun? Approved(PurgeRun run, ImportedPatrons patrons)
    {
        string what = FormattableString.Invariant($"Import {patrons.RowCount} rows into the run {run.RunId}.");
        if (!run.IsPreview && !Approval.AskLocal(this, what, run.RunId))
        {
            return null;
        }

        if (IsFromAlma)
        {
            AlmaSession session = GetSession();
            Await((_, stop) => RunBinding.BindAsync(run, session, stop));
        }

        return run;
    }

    private void Stream(PurgeRun run, ImportedPatrons patrons)
    {
        using IEnumerator<AlmaPurgeCandidate[]> blocks =
            new ImportStep(new PipelineReporter(this)).RunInBlocks(run, patrons, StopToken).GetEnumerator();
        bool hasMore = blocks.MoveNext();
        Report(run);
        CandidateOutput output = new(this);
        while (hasMore)
        {
            output.Write(blocks.Current);
            hasMore = blocks.MoveNext();
        }
    }

    // With the first candidate everybody is accounted for, so the counts are those of the whole import.
    private void Report(PurgeRun run)
    {
        int stay = run.Patrons.Count - run.Patrons.RemainingCount;
        string counts = FormattableString.Invariant(
            $"{run.Patrons.Count} patrons for a purge of {run.Criteria.UserGroupCode ?? run.Criteria.UserGroup}, expired before {run.Criteria.ExpiredBefore:yyyy-MM-dd}: {run.Patrons.RemainingCount} candidates, {stay} stay (Get-AlmaPurgeExclusion {run.RunId}).");
        if (IsWhatIf)
        {
            Approval.AskLocal(this, "Import " + counts, run.RunId);
        }
        else if (run.IsPreview)
        {
            Approval.Describe(this, "Import " + counts);
        }
        else
        {
            WriteVerbose(counts + $" Run folder: {run.Folder}");
        }
    }
}
