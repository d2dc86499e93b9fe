using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// The route Handoff: staff run Alma's classic page "Purge User Records", which no API can start (documented by its
/// absence). It takes everybody of a user group and record type, so nobody but the run's patrons may be in the group.
/// </summary>
internal sealed class HandoffRoute
{
    private readonly PurgeRun _run;
    private readonly AlmaSession _session;

    public HandoffRoute(PurgeRun run, AlmaSession session)
    {
        _run = run;
        _session = session;
    }

    /// <summary>The page can be told to take these patrons and nobody else.</summary>
    /// <exception cref="AlmaPurgeException">It cannot.</exception>
    public async Task RequirePossibleAsync(CancellationToken cancellationToken)
    {
        if (_run.Document.Mark!.PurgeGroup is not { } group)
        {
            throw HandoffRefusals.NeedsPurgeGroup(_run.RunId);
        }

        bool? isAllowed = await RecordTypeTable
            .AllowsPublicAsync(_session.Reader, group, cancellationToken)
            .ConfigureAwait(false);
        if (isAllowed == false)
        {
            throw Stop(
                "PurgeGroupNotForRecordType",
                AlmaPurgeErrorKind.InvalidOperation,
                $"The group {group} is not set up for the user record type Public, so the page does not offer it.",
                "Allow it under Configuration > User Management > User Record Type/User Groups.");
        }
    }

    /// <summary>Takes it down and writes the instructions. From here on staff may run the page at any moment.</summary>
    public async Task HandOverAsync(PurgePlan plan, PurgeEntry entry, CancellationToken cancellationToken)
    {
        NextStudentLoad load = await StudentLoads.NextAsync(_session.Reader, cancellationToken).ConfigureAwait(false);
        DateTimeOffset aged = OldestCheck() + plan.Options.MaximumCheckAge;
        bool isCutByLoad = load.At is { } at && at < aged;
        DateTimeOffset until = isCutByLoad ? load.At!.Value.ToUniversalTime() : aged;
        PurgeEntry handedOver = entry with { Status = PurgeStatus.HandedOver, ValidUntil = until };
        string text = new HandoffText(_run, _session, plan, handedOver).Write(
            isCutByLoad ? load.Why : FormattableString.Invariant($"the patrons were looked at {plan.Options.MaximumCheckAge.TotalHours:0.#} hours before"));
        _run.Journal.Note("HandedOver", new
        {
            validUntil = until,
            patronCount = entry.PatronCount,
            userGroup = plan.PurgeGroup,
            recordType = HandoffText.RecordType,
            daysAfterPurgeDate = plan.Options.DaysAfterPurgeDate,
            waiveThreshold = plan.Options.WaiveThreshold,
        });
        _run.Update(d => d with { Purge = handedOver, VerifiedAt = null });
        _run.WriteText(RunFolder.HandoffName, text);
    }

    /// <summary>Takes the handover back, on somebody's word that nobody is going to run the page.</summary>
    public static void Withdraw(PurgeRun run, DateTimeOffset now)
    {
        run.Journal.Note("HandoffWithdrawn", new { });
        run.Update(d => d with { Purge = d.Purge! with { Status = PurgeStatus.Withdrawn, IsFinished = true } });
        run.WriteText(RunFolder.HandoffName, FormattableString.Invariant(
            $"WITHDRAWN on {now.ToUniversalTime():yyyy-MM-dd HH:mm} UTC. Do not run this purge.{Environment.NewLine}{Environment.NewLine}")
            + run.ReadText(RunFolder.HandoffName));
    }

    private DateTimeOffset OldestCheck() => _run.Patrons.RemainingIds()
        .Min(id => _run.Patrons.TryGetCheck(id, out LiveCheck? check) ? check.CheckedAt : DateTimeOffset.MinValue);

    private AlmaPurgeException Stop(string id, AlmaPurgeErrorKind kind, string message, string nextStep) =>
        new(id, kind, message, nextStep, _run.RunId);
}
