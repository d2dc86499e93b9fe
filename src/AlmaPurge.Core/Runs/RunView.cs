namespace AlmaPurge.Core.Runs;

/// <summary>What users see of a run: its state, counts and the next step.</summary>
public static class RunView
{
    private const string RestoreMap =
        $"restore {RunFolder.PseudonymsName}: it is gone, so nobody can tell the patrons, and no step goes on";

    /// <summary>The run as of now.</summary>
    public static AlmaPurgeRun ToModel(this PurgeRun run)
    {
        RunDocument document = run.Document;
        AlmaPurgeRunState state = StateOf(run);
        return new AlmaPurgeRun(run)
        {
            UserGroup = document.Criteria.UserGroupCode ?? document.Criteria.UserGroup,
            ExpiredBefore = document.Criteria.ExpiredBefore.ToDateTime(TimeOnly.MinValue),
            State = state,
            PatronCount = run.Patrons.Count,
            ExcludedCount = run.Patrons.Count - run.Patrons.RemainingCount,
            CreatedAt = document.CreatedAt,
            Institution = document.Institution,
            EnvironmentType = document.EnvironmentType,
            Path = run.Folder,
            NextStep = NextStep(run, state),
            WaitingCount = WaitingPatrons.CountOf(run),
            RetainUntil = document.RetainUntil?.ToDateTime(TimeOnly.MinValue),
            PseudonymPath = run.PseudonymPath,
        };
    }

    /// <summary>How far a run has come.</summary>
    public static AlmaPurgeRunState StateOf(PurgeRun run)
    {
        if (run.UnfinishedSteps.Count > 0)
        {
            return AlmaPurgeRunState.Partial;
        }

        return run.Document switch
        {
            { Purge: not null } when run.IsPreview => AlmaPurgeRunState.Previewed,
            { VerifiedAt: not null } => AlmaPurgeRunState.Verified,
            { UndoneAt: not null, Purge: null or { IsWithdrawn: true } } => AlmaPurgeRunState.Undone,
            { Purge.IsHandedOver: true } => AlmaPurgeRunState.HandedOver,
            { Purge: not null } => AlmaPurgeRunState.PurgeStarted,
            { Mark: not null } => AlmaPurgeRunState.Marked,
            { Set: not null } => AlmaPurgeRunState.SetBuilt,
            { ImportedAt: not null } when AllChecked(run) => AlmaPurgeRunState.Checked,
            { ImportedAt: not null } => AlmaPurgeRunState.Imported,
            _ => AlmaPurgeRunState.New,
        };
    }

    private static bool AllChecked(PurgeRun run) =>
        run.Patrons.RemainingCount > 0
        && run.Patrons.RemainingIds().All(id => run.Patrons.TryGetCheck(id, out _));

    // A purge that was cut short has its own words, whether it was split or not.
    private static string? SplitNextStep(PurgeRun run)
    {
        string? step = run.Document.Undoing is not null ? StepNames.Undo
            : run.Document.VerifySince is not null ? StepNames.Verify
            : run.Document.Purge is null && SplitCheck.WaitingCount(run) > 0 && run.UnfinishedSteps.All(s => s == StepNames.Check) ? StepNames.Check
            : null;
        return step is null ? null : FormattableString.Invariant(
            $"{StepNames.CmdletOf(step)} -SplitByDay, which goes on with the {WaitingPatrons.CountOf(run)} patron(s) who wait for another day's calls");
    }

    private static string NextStep(PurgeRun run, AlmaPurgeRunState state) => state switch
    {
        not (AlmaPurgeRunState.Verified or AlmaPurgeRunState.Undone) when !run.HasIds => RestoreMap,
        AlmaPurgeRunState.Verified when run.Document.StillMarkedCount > 0 && !run.HasIds => RestoreMap,
        AlmaPurgeRunState.Partial when SplitNextStep(run) is { } split => split,
        AlmaPurgeRunState.New => "Import-AlmaPurgeCandidate",
        AlmaPurgeRunState.Imported or AlmaPurgeRunState.Checked when run.Patrons.RemainingCount == 0 =>
            "none: nobody is left to purge",
        AlmaPurgeRunState.Imported => "Remove-AlmaFinesHolder, then Confirm-AlmaPurgeCandidate",
        AlmaPurgeRunState.Checked when run.Document.Exports.Count > 0 =>
            "New-AlmaUserSet -Existing, once the set is built in Alma of the exported file",
        AlmaPurgeRunState.Checked => "New-AlmaUserSet",
        AlmaPurgeRunState.SetBuilt => "Set-AlmaPurgeDate",
        AlmaPurgeRunState.Marked => "Start-AlmaPurgeJob",
        AlmaPurgeRunState.PurgeStarted when run.Document.Purge is { IsFinished: false } => "Wait-AlmaJob",
        AlmaPurgeRunState.PurgeStarted or AlmaPurgeRunState.Partial when run.Document.Purge is { IsCutShort: true } =>
            "Start-AlmaPurgeJob -Route UserDelete, which goes on with those who are left, or Confirm-AlmaPurge",
        AlmaPurgeRunState.PurgeStarted => "Confirm-AlmaPurge",
        AlmaPurgeRunState.Verified when run.Document is { StillMarkedCount: > 0, Purge.IsCutShort: true } => FormattableString.Invariant(
            $"Start-AlmaPurgeJob -Route UserDelete, which goes on with those who are left, or Undo-AlmaPurgeDate: {run.Document.StillMarkedCount} patron(s) who are still there are still marked"),
        AlmaPurgeRunState.Verified when run.Document.StillMarkedCount > 0 => FormattableString.Invariant(
            $"Undo-AlmaPurgeDate: {run.Document.StillMarkedCount} patron(s) who are still there are still marked"),
        AlmaPurgeRunState.Partial when run.UnfinishedSteps.Contains(StepNames.Undo) => "Undo-AlmaPurgeDate, which goes on",
        AlmaPurgeRunState.HandedOver or AlmaPurgeRunState.Partial when run.Document.Purge is { IsHandedOver: true } purge =>
            FormattableString.Invariant($"have staff run it by {purge.ValidUntil?.ToUniversalTime():yyyy-MM-dd HH:mm} UTC and Wait-AlmaJob; after that Start-AlmaPurgeJob -Route Handoff anew"),
        AlmaPurgeRunState.Partial when run.Document.Purge is not null => "Confirm-AlmaPurge",
        AlmaPurgeRunState.Partial when run.UnfinishedSteps.Contains(StepNames.Purge) => "Start-AlmaPurgeJob, which goes on",
        AlmaPurgeRunState.Partial when run.UnfinishedSteps.Contains(StepNames.Mark) => "Set-AlmaPurgeDate, which goes on",
        AlmaPurgeRunState.Partial when run.Document.Mark is not null => "Start-AlmaPurgeJob",
        AlmaPurgeRunState.Partial => $"repeat {string.Join(", ", run.UnfinishedSteps.Select(s => $"{s} ({StepNames.CmdletOf(s)})"))}, which never ended",
        AlmaPurgeRunState.Undone => "none: the marking was taken back",
        AlmaPurgeRunState.Previewed => "none: a preview is never applied",
        _ => "none",
    };
}
