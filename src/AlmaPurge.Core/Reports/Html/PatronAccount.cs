using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Reports.Html;

/// <summary>What the report says of one patron.</summary>
/// <param name="PrimaryId">Identifier, or its token; empty for a row without one.</param>
/// <param name="Outcome">One of <see cref="PatronOutcomes"/>.</param>
/// <param name="Rules">Rules that fired.</param>
/// <param name="Why">Evidence, or what Alma said.</param>
internal sealed record PatronLine(string PrimaryId, string Outcome, string Rules, string Why);

/// <summary>Words for what became of a patron; none says more than was looked up.</summary>
internal static class PatronOutcomes
{
    public const string KeptBack = "Kept back";
    public const string WouldPurge = "Would be purged";
    public const string NotYet = "Not purged";
    public const string TakenBack = "Not purged: marking taken back";
    public const string HandedOver = "Handed over, not looked up";
    public const string NotLookedUp = "Purge started, not looked up";
}

/// <summary>Says of each patron of a run what became of them, as far as the record proves it.</summary>
internal static class PatronAccount
{
    /// <summary>One line for each patron: after a verification as that found them, before it as far as the run has come.</summary>
    public static IEnumerable<PatronLine> Of(ReportContents contents)
    {
        if (contents.Patrons is not { } patrons)
        {
            return [];
        }

        Dictionary<string, AlmaPurgeExclusion> excluded = new(StringComparer.OrdinalIgnoreCase);
        foreach (AlmaPurgeExclusion exclusion in patrons.Exclusions().Where(e => e.PrimaryId.Length > 0))
        {
            excluded.TryAdd(exclusion.PrimaryId, exclusion);
        }

        return contents.IsVerified
            ? contents.Results.Select(r => Verified(contents, r, excluded))
            : Unverified(contents, patrons, excluded);
    }

    /// <summary>What is said of patrons who are not kept back, while nobody has looked them up.</summary>
    public static string OutcomeOfRemaining(ReportContents contents) => contents.Document switch
    {
        _ when contents.IsPreview => PatronOutcomes.WouldPurge,
        { UndoneAt: not null, Purge: null or { IsWithdrawn: true } } when !contents.MayHavePurged() => PatronOutcomes.TakenBack,
        { Purge.IsHandedOver: true } => PatronOutcomes.HandedOver,
        { Purge: not null } => PatronOutcomes.NotLookedUp,
        _ when contents.MayHavePurged() => PatronOutcomes.NotLookedUp,
        _ => PatronOutcomes.NotYet,
    };

    /// <summary>Whether the journal has a purge that was sent and not refused.</summary>
    public static bool MayHavePurged(this ReportContents contents) =>
        contents.MayHaveDone(JournalActions.RunPurgeJob) || contents.MayHaveDone(JournalActions.DeleteUser);

    private static PatronLine Verified(
        ReportContents contents, AlmaPurgeResult result, Dictionary<string, AlmaPurgeExclusion> excluded)
    {
        string rules = result.Rule is null ? ""
            : excluded.TryGetValue(result.PrimaryId, out AlmaPurgeExclusion? e) ? string.Join(", ", e.Rules)
            : result.Rule;
        return new PatronLine(contents.ShowId(result.PrimaryId), result.Status.ToString(), rules, result.Detail);
    }

    // In the order of the import; rows that never became candidates come last.
    private static IEnumerable<PatronLine> Unverified(
        ReportContents contents, PatronTable patrons, Dictionary<string, AlmaPurgeExclusion> excluded)
    {
        string outcome = OutcomeOfRemaining(contents);
        return patrons.CandidateIds()
            .Select(id => excluded.TryGetValue(id, out AlmaPurgeExclusion? e)
                ? Kept(contents, e)
                : new PatronLine(contents.ShowId(id), outcome, "", Checked(patrons, id)))
            .Concat(patrons.Exclusions()
                .Where(e => e.PrimaryId.Length == 0 || !patrons.IsCandidate(e.PrimaryId))
                .Select(e => Kept(contents, e)));
    }

    private static PatronLine Kept(ReportContents contents, AlmaPurgeExclusion exclusion) => new(
        contents.ShowId(exclusion.PrimaryId), PatronOutcomes.KeptBack, string.Join(", ", exclusion.Rules), exclusion.Evidence);

    private static string Checked(PatronTable patrons, string id) => patrons.TryGetCheck(id, out LiveCheck? check)
        ? $"passed the live check at {ReportText.Time(check.CheckedAt)}"
        : "not checked live";
}
