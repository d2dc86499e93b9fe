using AlmaPurge.Core.Runs;
using static AlmaPurge.Core.Reports.Html.ReportText;

namespace AlmaPurge.Core.Reports.Html;

/// <summary>What the run came to, in a few plain sentences. Says nothing that the record does not prove.</summary>
internal static class ReportSummary
{
    public static string Of(ReportContents contents)
    {
        if (contents.Document is not { } document || contents.Patrons is not { } patrons)
        {
            return "The record of this run is damaged, so nothing is said of what became of its patrons. Below is what can still be read.";
        }

        List<string> sentences =
        [
            contents.Damage.Count == 0 ? "" : "Caution: the record of this run is damaged, so what follows cannot be relied upon before it is restored.",
            Begun(document, patrons),
            .. Outcome(contents, document, patrons),
        ];
        if (document.EnvironmentType == AlmaEnvironmentType.Simulated)
        {
            sentences.Add("All of it was practice in a simulated library: no real patron was touched.");
        }

        sentences.Add(Unsettled(contents));
        return string.Join(' ', sentences.Where(s => s.Length > 0));
    }

    private static string Begun(RunDocument document, PatronTable patrons)
    {
        string place = document.Institution is { } institution
            ? $" of the institution {institution} ({document.EnvironmentType})"
            : "";
        return $"A purge of the user group {ReviewCriteria.Group(document.Criteria)}{place}, of patrons expired before {Day(document.Criteria.ExpiredBefore)}, began with {Patrons(patrons.Count)}.";
    }

    private static IEnumerable<string> Outcome(ReportContents contents, RunDocument document, PatronTable patrons)
    {
        long kept = patrons.Count - patrons.RemainingCount;
        if (contents.IsPreview)
        {
            return [$"This is a preview: nothing in it was done. {Patrons(patrons.RemainingCount)} would be purged, {Number(kept)} would be kept."];
        }

        if (contents.IsVerified)
        {
            return Verified(contents, document);
        }

        string keptBack = kept == 0 ? "" : $"{PatronsWere(kept)} kept back, each for a reason given below.";
        return [Stage(contents, document, patrons), keptBack];
    }

    private static IEnumerable<string> Verified(ReportContents contents, RunDocument document)
    {
        long With(AlmaPurgeStatus status) => contents.Results.LongCount(r => r.Status == status);
        long purged = With(AlmaPurgeStatus.Purged);
        long recreated = With(AlmaPurgeStatus.Recreated);
        long unknown = With(AlmaPurgeStatus.Unknown);
        return
        [
            purged == 0
                ? $"Nobody of them was found purged when they were looked up in Alma on {Time(document.VerifiedAt)}."
                : $"{PatronsWere(purged)} purged: looked up in Alma on {Time(document.VerifiedAt)}, they are no longer there.",
            recreated == 0 ? "" : $"{PatronsWere(recreated)} purged and created anew since.",
            $"{PatronsWere(With(AlmaPurgeStatus.Kept))} kept, each for a reason given below.",
            unknown == 0 ? "" : $"What became of {Patrons(unknown)} could not be told.",
        ];
    }

    private static string Stage(ReportContents contents, RunDocument document, PatronTable patrons)
    {
        string many = Patrons(patrons.RemainingCount);
        if (document.Purge is { } purge && !(purge.IsWithdrawn && document.UndoneAt is not null))
        {
            return Started(contents, document, purge);
        }

        if (contents.MayHavePurged())
        {
            return $"A purge was sent to Alma, and what came of it is not in the record: whether any of {many} is purged is not known.";
        }

        return document switch
        {
            { UndoneAt: { } undone } => $"The marking was taken back by {Time(undone)}: nobody was purged by this run.",
            { Undoing: { } undoing } => $"The marking is being taken back over several days: {Patrons(undoing.Done)} of {Patrons(patrons.Checks().Count)} were dealt with. Nobody was purged by this run.",
            { Mark: { } mark } => $"{many} are marked in Alma with the purge date {Day(mark.PurgeDate)}{(mark.PurgeGroup is { } group ? $" in the purge group {group}" : "")}. No purge was started by this run.",
            _ when contents.MayHaveDone(JournalActions.RunMarkingJob) => $"A marking of {many} was sent to Alma, and how far it went is not in the record. No purge was started by this run.",
            { Set: { } set } => $"{many} are in the user set '{set.Name}'. Nobody is marked or purged by this run.",
            _ => $"{many} would go as far as the run has come. Nobody is marked or purged by this run.",
        };
    }

    private static string Started(ReportContents contents, RunDocument document, PurgeEntry purge)
    {
        const string NotProven = "so this report does not say that anybody is purged.";
        if (purge.IsHandedOver)
        {
            return $"The purge of {Patrons(purge.PatronCount)} was handed over to staff on {Time(purge.StartedAt)}. Whether they have run it was not looked up, {NotProven}";
        }

        string started = $"A purge of {Patrons(purge.PatronCount)} was started on {Time(purge.StartedAt)}.";
        if (document.VerifiedAt is not null)
        {
            return $"{started} They were looked up, but the record does not have all that was found, {NotProven}";
        }

        string undone = document.UndoneAt is { } at ? $" Those who were still there got their user group and purge date back by {Time(at)}." : "";
        string earlier = contents.Results.Count == 0 ? "" : " What an earlier look found is older than that.";
        return $"{started}{undone} What became of them was not looked up since, {NotProven}{earlier}";
    }

    private static string Unsettled(ReportContents contents)
    {
        int count = ReportUnsettled.Of(contents).Count;
        bool isAtEnd = contents.State is AlmaPurgeRunState.Verified or AlmaPurgeRunState.Undone;
        return contents.IsPreview ? ""
            : count == 0 ? isAtEnd ? "Nothing is left unsettled." : "The run is not at its end."
            : $"{(count == 1 ? "1 point is" : Number(count) + " points are")} not settled: see below.";
    }
}
