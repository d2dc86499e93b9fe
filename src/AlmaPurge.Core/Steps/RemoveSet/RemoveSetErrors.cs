using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>Why a set is not deleted.</summary>
internal static class RemoveSetErrors
{
    public static AlmaPurgeException NotFound(string what, string target) => new(
        "SetNotFound",
        AlmaPurgeErrorKind.NotFound,
        $"Alma has no user set {what}, or not any more.",
        "List the sets with Get-AlmaUserSet.",
        target);

    public static AlmaPurgeException Ambiguous(string name, IReadOnlyList<AlmaSetRecord> sets) => new(
        "SetAmbiguous",
        AlmaPurgeErrorKind.InvalidArgument,
        $"Alma has several user sets named '{name}': {string.Join(", ", sets.Select(s => s.Id))}.",
        "Give the id of one with -SetId.",
        name);

    public static AlmaPurgeException None(PurgeRun run) => new(
        "SetMissing",
        AlmaPurgeErrorKind.InvalidOperation,
        run.Document.Set?.RemovedAt is { } removed
            ? FormattableString.Invariant($"The user set '{run.Document.Set.Name}' of the run {run.RunId} was deleted on {removed:yyyy-MM-dd}.")
            : $"The run {run.RunId} has no user set.",
        "There is nothing to delete.",
        run.RunId);

    public static AlmaPurgeException HandBuilt(string setId, string name) => new(
        "SetHandBuilt",
        AlmaPurgeErrorKind.SafetyStop,
        $"The user set '{name}' ({setId}) was not made by a run but by people.",
        "Ask whose it is; they can delete it in Alma (Manage Sets).",
        setId);

    public static AlmaPurgeException StillNeeded(PurgeRun run, string name) => new(
        "SetStillNeeded",
        AlmaPurgeErrorKind.SafetyStop,
        $"The run {run.RunId} is {RunView.StateOf(run)} and still needs its user set '{name}': patrons in it are marked, or a job may be at work on it.",
        $"Bring the run to its end first. Next: {run.ToModel().NextStep}.",
        run.RunId);

    public static AlmaPurgeException UnknownRun(AlmaSetRecord set, string runId) => new(
        "SetOfUnknownRun",
        AlmaPurgeErrorKind.SafetyStop,
        $"The user set '{set.Name}' ({set.Id}) has the name of the run {runId}, of which nothing is on this computer: it may go on elsewhere.",
        "Look for the run where it was made (ALMAPURGE_RUNS). If it is over, delete the set with -Force.",
        set.Id);

    public static AlmaPurgeException OwnerUnreadable(AlmaSetRecord set, AlmaPurgeRun run) => new(
        "SetOwnerBroken",
        AlmaPurgeErrorKind.SafetyStop,
        $"The record of the run {run.RunId} speaks of the user set '{set.Name}' ({set.Id}) and is damaged, so nobody can say whether the run still needs it.",
        "Restore the run folder from a backup first.",
        set.Id);

    public static Exception Refused(AlmaSetRecord set, AlmaApiException refusal) => !refusal.HasCode(AlmaCodes.SetNotDeleted) ? refusal : new AlmaPurgeException(
        "SetBusy",
        AlmaPurgeErrorKind.Conflict,
        $"Alma did not delete the user set '{set.Name}' ({set.Id}): {AlmaCodes.SetNotDeleted}. A job may be at work on it.",
        "Look at Monitor jobs in Alma, and try again once nothing runs on the set.",
        set.Id,
        refusal);

    public static AlmaPurgeException OtherPlace(AlmaSetRecord set, string other) => new(
        "OtherEnvironment",
        AlmaPurgeErrorKind.SafetyStop,
        $"The key reaches {other} now, where the id of the set '{set.Name}' means another one.",
        "Nothing was deleted. Find out what happened to the key, then connect anew.",
        set.Id);
}
