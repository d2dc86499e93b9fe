using System.Globalization;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>The marking that would be done.</summary>
public sealed class MarkPlan : StepPlan
{
    internal MarkPlan(
        PurgeRun run,
        AlmaSession session,
        MarkOptions options,
        string jobName,
        IReadOnlyList<JobParameter> parameters,
        IReadOnlyList<string> toRemove)
        : base(run, session)
    {
        Options = options;
        JobName = jobName;
        Parameters = parameters;
        ToRemove = toRemove;
    }

    /// <inheritdoc/>
    public override string? PurgeGroup => Options.PurgeGroup;

    /// <inheritdoc/>
    public override string? ConfirmWord => PurgeGroup ?? OwnGroup;

    private protected override int PatronCount => Run.Patrons.RemainingCount;

    /// <inheritdoc/>
    public override string Target => $"user set '{Run.Document.Set!.Name}'";

    /// <inheritdoc/>
    public override string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"{Begin()} the purge date {Options.PurgeDate:yyyy-MM-dd} and {Group()} for the {Run.Patrons.RemainingCount} patrons of the user set '{Run.Document.Set!.Name}'. {Circumstances()}");

    /// <inheritdoc/>
    public override IReadOnlyList<string> Requests => Existing is null
        ? [$"POST /almaws/v1/conf/jobs/{UpdateUsersJob.JobId}?op=run (job_name '{JobName}', set_id {Run.Document.Set!.SetId})"]
        : [];

    /// <inheritdoc/>
    public override bool IsDone => Existing is not null && IsReadBack;

    /// <summary>The marking that an earlier attempt started; null where one is to be started.</summary>
    internal MarkEntry? Existing { get; init; }

    /// <summary>Whether that one was waited for and read back.</summary>
    internal bool IsReadBack { get; init; }

    internal MarkOptions Options { get; }

    internal string JobName { get; }

    internal IReadOnlyList<JobParameter> Parameters { get; }

    /// <summary>Members of the set who must stay; they are taken out of it first.</summary>
    internal IReadOnlyList<string> ToRemove { get; }

    private string Begin() => Existing is null
        ? "Set"
        : $"Go on with the marking (run {Existing.InstanceId} of the job {Existing.JobId}): wait for it and read back";

    private string Group() => Options.PurgeGroup is { } group ? $"the purge group {group}" : "no other user group";
}
