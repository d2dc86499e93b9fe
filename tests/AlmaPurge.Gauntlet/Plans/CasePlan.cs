using AlmaPurge.Core.Runs;

namespace AlmaPurge.Gauntlet.Plans;

/// <summary>
/// Everything that was drawn for one case, from its seed alone: the library, how it misbehaves, who works with the tool
/// and what happens meanwhile.
/// </summary>
internal sealed record CasePlan
{
    /// <summary>The seed that it was drawn from; repeats the case.</summary>
    public required int Seed { get; init; }

    /// <summary>Patrons in the library.</summary>
    public required int Patrons { get; init; }

    /// <summary>The simulator's misbehaviours, as it takes them.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>Hours that the institution is ahead of Greenwich.</summary>
    public required int ZoneHours { get; init; }

    /// <summary>Hours that the operator's computer is ahead of Greenwich.</summary>
    public required int ClientZoneHours { get; init; }

    /// <summary>What the operator lets go by naming it.</summary>
    public required Releases Releases { get; init; }

    /// <summary>Where the patrons come from.</summary>
    public required PatronSource Source { get; init; }

    /// <summary>What the operator does to the report of patrons before it is imported.</summary>
    public required IReadOnlyList<FileEdit> Edits { get; init; }

    /// <summary>Which report of fines is subtracted.</summary>
    public required FinesChoice Fines { get; init; }

    /// <summary>How the purge is done.</summary>
    public required AlmaPurgeRoute Route { get; init; }

    /// <summary>Which group the operator gives as purge group first.</summary>
    public required GroupChoice Group { get; init; }

    /// <summary>Days from the purge date to today that the operator gives first; fewer than two is refused.</summary>
    public required int PurgeDateDaysAgo { get; init; }

    /// <summary>Days after the purge date, as handed to the job.</summary>
    public required int DaysAfterPurgeDate { get; init; }

    /// <summary>Debt that Alma's own job overlooks.</summary>
    public required decimal WaiveThreshold { get; init; }

    /// <summary>Hours for which a check counts.</summary>
    public required int CheckAgeHours { get; init; }

    /// <summary>Whether the ceiling is given too low at first.</summary>
    public required bool LowCeiling { get; init; }

    /// <summary>Whether the live check is left to the later steps.</summary>
    public required bool SkipCheck { get; init; }

    /// <summary>Whether the operator drops some between two steps.</summary>
    public required bool DropSome { get; init; }

    /// <summary>Steps that are done once more although they went well.</summary>
    public required IReadOnlyList<string> Repeated { get; init; }

    /// <summary>Steps before which another process picks up the run.</summary>
    public required IReadOnlyList<string> NewSessions { get; init; }

    /// <summary>Minutes that pass before each step.</summary>
    public required int MinutesBetween { get; init; }

    /// <summary>Requests of a step after which the operator presses Ctrl+C, step by step; the step is repeated.</summary>
    public required IReadOnlyDictionary<string, int> Interrupts { get; init; }

    /// <summary>Whether the weather passes: at the third attempt at a step Alma behaves again.</summary>
    public required bool FaultsEnd { get; init; }

    /// <summary>What happens in the library meanwhile.</summary>
    public required IReadOnlyList<Happening> Happenings { get; init; }

    /// <summary>Nothing misbehaves and nobody interferes: then nobody may be kept without need.</summary>
    public bool IsCalm => Faults.Count == 0 && Happenings.Count == 0 && Edits.Count == 0 && !DropSome && Interrupts.Count == 0
        && ClientZoneHours == ZoneHours && Fines is FinesChoice.Right or FinesChoice.None;

    /// <summary>The case in a line.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"seed {Seed}: {Patrons} patrons from {Source}, {Route}, faults [{string.Join(' ', Faults)}], happenings [{string.Join(' ', Happenings)}], edits [{string.Join(' ', Edits)}], fines {Fines}, releases [{Releases}], group {Group}, date -{PurgeDateDaysAgo} after {DaysAfterPurgeDate}, waive {WaiveThreshold}, check age {CheckAgeHours} h, gap {MinutesBetween} min, zone {ZoneHours}/{ClientZoneHours}, repeated [{string.Join(' ', Repeated)}], new sessions [{string.Join(' ', NewSessions)}], stops [{string.Join(' ', Interrupts)}], faults end {FaultsEnd}");
}

/// <summary>Rules that the operator lets go by naming them: deliberate choices, so the judge takes them as given.</summary>
internal sealed record Releases(
    IReadOnlyList<string> IgnoredRules,
    IReadOnlyList<string> AllowedRoles,
    IReadOnlyList<string> IgnoredBlockTypes,
    decimal FeeTolerance,
    AlmaFeeCheck FeeCheck,
    int InactiveDaysLater)
{
    public static Releases None { get; } = new([], [], [], 0, AlmaFeeCheck.Full, 0);

    public PurgeCriteria Apply(PurgeCriteria criteria) => criteria with
    {
        IgnoredRules = PurgeCriteria.Names(IgnoredRules),
        AllowedRoles = PurgeCriteria.Names(AllowedRoles),
        IgnoredBlockTypes = PurgeCriteria.Names(IgnoredBlockTypes),
        FeeTolerance = FeeTolerance,
        FeeCheck = FeeCheck,
        InactiveSince = criteria.ExpiredBefore.AddDays(InactiveDaysLater),
    };

    public override string ToString() => this == None
        ? ""
        : FormattableString.Invariant($"{string.Join(' ', IgnoredRules.Concat(AllowedRoles).Concat(IgnoredBlockTypes))} {FeeTolerance} {FeeCheck} +{InactiveDaysLater}d").Trim();
}
