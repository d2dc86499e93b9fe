using System.Globalization;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>Patrons who get the same group and purge date back, by one job.</summary>
/// <param name="UserGroup">Group from before; null where the marking left the group alone.</param>
/// <param name="PurgeDate">Purge date from before.</param>
/// <param name="Ids">The patrons.</param>
internal sealed record UndoGroup(string? UserGroup, DateOnly PurgeDate, IReadOnlyList<string> Ids);

/// <summary>What would be given back.</summary>
public sealed class UndoPlan : StepPlan
{
    internal UndoPlan(
        PurgeRun run,
        AlmaSession session,
        UndoOptions options,
        IReadOnlyList<UndoPatron> patrons,
        IReadOnlyList<UndoGroup> groups,
        UndoPart part)
        : base(run, session)
    {
        Part = part;
        Options = options;
        Patrons = patrons;
        Groups = groups;
        HashSet<string> grouped = new(groups.SelectMany(g => g.Ids), StringComparer.OrdinalIgnoreCase);
        Singles = [.. patrons.Where(p => p.Settled is null && !grouped.Contains(p.Id)).Select(p => p.Id)];
        CallsNeeded = StepCalls.GiveBack(Singles.Count, grouped.Count, groups.Count);
    }

    /// <inheritdoc/>
    public override string Target => string.Create(
        CultureInfo.InvariantCulture, $"{Count} patrons of the run {Run.RunId}");

    /// <inheritdoc/>
    public override string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"Give back user group and purge date from before to {Count} patrons of the run {Run.RunId} ({Count - Singles.Count} by {Groups.Count} job(s), {Singles.Count} one by one); {With(AlmaUndoStatus.Gone)} are gone, {With(AlmaUndoStatus.Unchanged)} have nothing of the marking{Waiting()}.{Handover()} A group that was set by hand may stay detached from student-system loads. {Circumstances()}");

    /// <inheritdoc/>
    public override IReadOnlyList<string> Requests =>
    [
        .. Groups.Select(g => string.Create(
            CultureInfo.InvariantCulture,
            $"POST /almaws/v1/conf/jobs/{UpdateUsersJob.JobId}?op=run (a set of {g.Ids.Count}: group {g.UserGroup ?? "kept"}, purge date {g.PurgeDate:yyyy-MM-dd})")),
        .. Singles.Select(id => $"GET, then PUT /almaws/v1/users/{Uri.EscapeDataString(id)}?override=user_group"),
    ];

    internal UndoOptions Options { get; }

    /// <summary>Whom it deals with.</summary>
    internal UndoPart Part { get; }

    /// <summary>Everybody who may have been marked, as they were found.</summary>
    internal IReadOnlyList<UndoPatron> Patrons { get; }

    /// <summary>Those who go by a job.</summary>
    internal IReadOnlyList<UndoGroup> Groups { get; }

    /// <summary>Those who go one by one.</summary>
    internal IReadOnlyList<string> Singles { get; }

    /// <inheritdoc/>
    private protected override int PatronCount => Count;

    private string Handover() => Run.Document.Purge is { IsHandedOver: true }
        ? " The purge was handed over to staff, who are not going to run it, as you say."
        : "";

    private string Waiting() => Part.WaitingCount == 0
        ? ""
        : FormattableString.Invariant($", and {Part.WaitingCount} more wait for another day's calls");

    private int Count => Patrons.Count(p => p.Settled is null);

    private int With(AlmaUndoStatus status) => Patrons.Count(p => p.Settled?.Status == status);
}
