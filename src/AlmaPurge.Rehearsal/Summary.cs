using AlmaPurge.Core.Rules;

namespace AlmaPurge.Rehearsal;

/// <summary>Prints who stayed by rule, the results in totals, the judgement and the run folder.</summary>
internal static class Summary
{
    public static void Print(ConsoleReporter console, Judgement judgement)
    {
        PrintExclusions(console, judgement.Run.Patrons.Exclusions());
        PrintResults(console, judgement);
        console.Line("");
        console.Line($"Run folder: {judgement.Run.Folder}");
        if (judgement.IsGood)
        {
            console.Line("All patrons are accounted for, and nobody was purged wrongly.");
            return;
        }

        console.Fail("The rehearsal failed:");
        foreach (string fault in judgement.Faults)
        {
            console.Fail("  " + fault);
        }
    }

    private static void PrintExclusions(ConsoleReporter console, IReadOnlyList<AlmaPurgeExclusion> exclusions)
    {
        console.Line("");
        console.Line(FormattableString.Invariant($"Who stays, and why ({exclusions.Count}, by the first rule that fired):"));
        IEnumerable<IGrouping<string, AlmaPurgeExclusion>> byRule = exclusions
            .GroupBy(e => e.Rule)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key, StringComparer.Ordinal);
        foreach (IGrouping<string, AlmaPurgeExclusion> rule in byRule)
        {
            console.Line(FormattableString.Invariant(
                $"  {rule.Key,-18}{rule.Count(),7}  {RuleBook.Find(rule.Key)?.Sentence}"));
        }
    }

    private static void PrintResults(ConsoleReporter console, Judgement judgement)
    {
        console.Line("");
        console.Line(FormattableString.Invariant($"What became of the {judgement.Results.Count} patrons:"));
        foreach (IGrouping<AlmaPurgeStatus, AlmaPurgeResult> status in judgement.Results
            .GroupBy(r => r.Status)
            .OrderBy(g => g.Key))
        {
            int byAlma = status.Count(r => r.Status == AlmaPurgeStatus.Kept && r.Rule is null);
            string note = byAlma > 0 ? FormattableString.Invariant($"  {byAlma} of them by Alma") : "";
            console.Line(FormattableString.Invariant($"  {status.Key,-18}{status.Count(),7}{note}"));
        }

        console.Line(FormattableString.Invariant(
            $"By the simulator's own records {judgement.RecordedCount} were purged, {judgement.WrongCount} of them wrongly."));
    }
}
