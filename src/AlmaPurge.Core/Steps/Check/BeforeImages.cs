using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>Makes before-images from live facts and tells what has changed against one.</summary>
internal static class BeforeImages
{
    /// <summary>The before-image of a patron who passed every rule.</summary>
    public static BeforeImage From(PatronFacts facts) => new(
        facts.UserGroup.Value.Trim(),
        Day(facts.PurgeDate),
        Day(facts.ExpiryDate),
        facts.Status.Value.ToString(),
        Codes(facts.Roles.Value.Where(r => r.IsActive).Select(r => r.TypeCode)),
        facts.OpenLoans.Value,
        facts.OpenRequests.Value,
        facts.FeeBalance.Value,
        facts.Blocks.IsKnown ? Codes(facts.Blocks.Value.Where(b => b.IsActive).Select(b => b.TypeCode)) : "",
        Day(facts.CreationDate),
        facts.AccountType.IsKnown ? facts.AccountType.Value.ToString() : "");

    /// <summary>The before-image as it must look after this run's own marking.</summary>
    public static BeforeImage Overlay(BeforeImage before, MarkEntry? mark) =>
        mark is null
            ? before
            : before with { UserGroup = mark.PurgeGroup ?? before.UserGroup, PurgeDate = mark.PurgeDate };

    /// <summary>Names the fields in which a patron differs from what is expected; null if there are none.</summary>
    public static string? Differences(BeforeImage expected, BeforeImage now)
    {
        List<string> changes = [];
        Compare(changes, "user group", expected.UserGroup.ToUpperInvariant(), now.UserGroup.ToUpperInvariant());
        Compare(changes, "purge date", expected.PurgeDate, now.PurgeDate);
        Compare(changes, "expiry date", expected.ExpiryDate, now.ExpiryDate);
        Compare(changes, "status", expected.Status, now.Status);
        Compare(changes, "roles", expected.Roles, now.Roles);
        Compare(changes, "loans", expected.Loans, now.Loans);
        Compare(changes, "requests", expected.Requests, now.Requests);
        Compare(changes, "fee balance", expected.FeeBalance, now.FeeBalance);
        Compare(changes, "blocks", expected.Blocks, now.Blocks);
        Compare(changes, "creation date", expected.CreationDate, now.CreationDate);
        return changes.Count == 0 ? null : string.Join("; ", changes);
    }

    private static void Compare<T>(List<string> changes, string field, T expected, T now)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, now))
        {
            changes.Add(FormattableString.Invariant($"{field} was {Text(expected)}, is {Text(now)}"));
        }
    }

    private static string Text<T>(T value) => value switch
    {
        null or "" => "none",
        DateOnly day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        _ => FormattableString.Invariant($"{value}"),
    };

    private static string Codes(IEnumerable<string> codes) =>
        string.Join(' ', codes.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal));

    private static DateOnly? Day(Fact<DateOnly> fact) => fact.IsKnown ? fact.Value : null;
}
