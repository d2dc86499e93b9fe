using System.Globalization;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>The purge that would be done.</summary>
public sealed class PurgePlan : StepPlan
{
    internal PurgePlan(
        PurgeRun run,
        AlmaSession session,
        PurgeOptions options,
        AlmaDeleteUserPolicy? policy,
        IReadOnlyList<string> toSettle,
        DateTimeOffset lookedAt)
        : base(run, session)
    {
        Options = options;
        Policy = policy;
        ToSettle = toSettle;
        LookedAt = lookedAt;
        Left = Deletions.Left(run);
        Now = Left;
    }

    /// <inheritdoc/>
    public override bool IsDone => IsStarted && Run.Document.Purge is { IsCutShort: false, IsHandedOver: false };

    /// <inheritdoc/>
    public override string? PurgeGroup => Run.Document.Mark!.PurgeGroup;

    /// <inheritdoc/>
    public override string? ConfirmWord => PurgeGroup ?? OwnGroup;

    private protected override int PatronCount => Run.Patrons.RemainingCount;

    /// <inheritdoc/>
    public override string Target => string.Create(
        CultureInfo.InvariantCulture,
        $"{Now.Count} patrons of the user set '{Run.Document.Set!.Name}'");

    /// <inheritdoc/>
    public override string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"{What()}: user set '{Run.Document.Set!.Name}', {Conditions()}.{Settlement()}{Unenforced()} A purge cannot be stopped or undone. {Circumstances()}");

    /// <inheritdoc/>
    public override string Question => string.Join(Environment.NewLine, new[]
    {
        $"{What()}. This cannot be stopped or undone.",
        $"User set '{Run.Document.Set!.Name}', {Conditions()}.{Settlement()}{Unenforced()}",
        Circumstances(),
        "Go on?",
    });

    /// <inheritdoc/>
    public override IReadOnlyList<string> Requests => Options.Route switch
    {
        AlmaPurgeRoute.SetJob => [$"POST /almaws/v1/conf/jobs/{SetJob?.JobId}?op=run (job_name '{SetJob?.JobName}', set_id {Run.Document.Set!.SetId})"],
        AlmaPurgeRoute.UserDelete => [.. Now.Select(id => $"GET, then DELETE /almaws/v1/users/{Uri.EscapeDataString(id)}")],
        _ => [],
    };

    /// <summary>Whether an earlier attempt started it.</summary>
    internal bool IsStarted { get; init; }

    /// <summary>Patrons still to be purged.</summary>
    internal IReadOnlyList<string> Left { get; }

    /// <summary>Those among them who are purged by this plan; fewer where the purge is split by day.</summary>
    internal IReadOnlyList<string> Now { get; init; }

    internal PurgeOptions Options { get; }

    internal AlmaDeleteUserPolicy? Policy { get; }

    /// <summary>Patrons of the run who are to stay but are marked, or in the set.</summary>
    internal IReadOnlyList<string> ToSettle { get; }

    /// <summary>When everybody was last looked at.</summary>
    internal DateTimeOffset LookedAt { get; }

    /// <summary>The job of the route SetJob.</summary>
    internal PlannedJob? SetJob { get; init; }

    private string Conditions()
    {
        MarkEntry mark = Run.Document.Mark!;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"purge group {mark.PurgeGroup ?? "none"}, purge date {mark.PurgeDate:yyyy-MM-dd}, days after purge date {Options.DaysAfterPurgeDate}, waive threshold {Options.WaiveThreshold:0.##}, {Attested()}");
    }

    // Looked at by us just before the start, and by nobody after it.
    private string Unenforced() => SetJob is { } job && PurgeUsersJob.NotEnforced(job.Parameters) is { Count: > 0 } missing
        ? $" NOT ENFORCED BY ALMA, since the job has no parameter for it: {string.Join(", ", missing)}; only checked by AlmaPurge before the start."
        : "";

    private string Attested() => Policy is { } policy
        ? $"Delete User Policy {policy} as you say ({DeleteUserPolicies.Effect(policy)})"
        : "Delete User Policy not told yet (-DeleteUserPolicy is asked for before the purge)";

    private string What() => Options.Route == AlmaPurgeRoute.Handoff
        ? FormattableString.Invariant($"Hand {(IsStarted ? "anew " : "")}over to staff: they purge {Left.Count} patrons for good on Alma's page Purge User Records, by route {Options.Route}")
        : FormattableString.Invariant($"{(IsStarted ? "Go on purging: the remaining" : "Purge")} {HowMany()} patrons for good, by route {Options.Route}");

    private string HowMany() => Now.Count == Left.Count
        ? FormattableString.Invariant($"{Left.Count}")
        : FormattableString.Invariant($"{Now.Count} (today; {Left.Count - Now.Count} more wait for another day's calls)");

    private string Settlement() => ToSettle.Count == 0
        ? ""
        : FormattableString.Invariant($" First take {ToSettle.Count} patron(s) who stay out of the set and give them back group and purge date.");
}

/// <summary>A job that would be started.</summary>
/// <param name="JobId">Job.</param>
/// <param name="JobName">Unique name of its run.</param>
/// <param name="Parameters">All parameters.</param>
internal sealed record PlannedJob(string JobId, string JobName, IReadOnlyList<JobParameter> Parameters);
