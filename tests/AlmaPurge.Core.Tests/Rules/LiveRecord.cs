using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Tests.Alma;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Tests.Rules;

/// <summary>A user record as Alma gives it, of somebody who may go, and what the rules say to a change in it.</summary>
internal static class LiveRecord
{
    private const string Whole =
        """
        {"primary_id":"p1","record_type":{"value":"PUBLIC","desc":"Public"},
         "user_group":{"value":"UNDRGRD","desc":"Undergraduate Students"},"status":{"value":"ACTIVE","desc":"Active"},
         "account_type":{"value":"EXTERNAL","desc":"External"},"expiry_date":"2020-05-01Z","purge_date":"2021-05-01Z",
         "last_patron_activity_date":"2020-04-01Z","created_date":"2012-01-01T00:00:00Z",
         "user_role":[{"status":{"value":"ACTIVE"},"role_type":{"value":"200","desc":"Patron"}}],
         "user_block":[],"proxy_for_user":[],"is_researcher":false,
         "loans":{"value":0},"requests":{"value":"0"},"fees":{"value":0.0}}
        """;

    public static async Task<string> RulesAsync(
        Action<JObject> change,
        Func<PurgeCriteria, PurgeCriteria>? criteria = null,
        string? setByRun = null) =>
        string.Join(' ', (await FindingsAsync(change, criteria, setByRun)).Select(f => f.Rule));

    public static async Task<IReadOnlyList<RuleFinding>> FindingsAsync(
        Action<JObject> change,
        Func<PurgeCriteria, PurgeCriteria>? criteria = null,
        string? setByRun = null)
    {
        JObject user = JObject.Parse(Whole);
        change(user);
        using AlmaClient client = FakeAlma.Saying(user.ToString()).Connect();
        PatronFacts facts = await new LiveFactsReader(client).ReadAsync("p1", default);
        facts.GroupSetByRun = setByRun;
        return RuleBook.Judge(facts, criteria is null ? Criteria() : criteria(Criteria()));
    }

    public static PurgeCriteria Criteria() => new()
    {
        UserGroup = "UNDRGRD", UserGroupCode = "UNDRGRD", ExpiredBefore = new DateOnly(2025, 1, 1),
    };
}
