using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Tests.Rules;

/// <summary>What the rules say together, and the releases, on live facts.</summary>
public sealed class LiveRuleBookTests
{
    [Fact]
    public async Task All_rules_that_fire_are_recorded_in_order()
    {
        string rules = await LiveRecord.RulesAsync(user =>
        {
            user["proxy_for_user"] = JToken.Parse("[{\"primary_id\":\"p2\"}]");
            user["loans"] = JToken.Parse("{\"value\":2}");
            user["user_group"] = "GRAD";
            user["requests"] = JToken.Parse("{\"value\":3}");
            user["status"] = "SLEEPING";
        });

        Assert.Equal("OtherUserGroup OpenLoans OpenRequests Proxy CheckFailed", rules);
    }

    [Fact]
    public async Task Another_persons_record_says_nothing_but_that()
    {
        string rules = await LiveRecord.RulesAsync(user =>
        {
            user["primary_id"] = "somebody";
            user["loans"] = JToken.Parse("{\"value\":2}");
            user["status"] = "SLEEPING";
        });

        Assert.Equal("IdentityMismatch", rules);
        Assert.Equal("", await LiveRecord.RulesAsync(user => user["primary_id"] = "P1 "));
    }

    [Theory]
    [InlineData("Instructor", "")]
    [InlineData("52", "")]
    [InlineData("instructor", "")]
    [InlineData("Cataloger", "OtherRole")]
    public async Task Allowed_role_is_released_by_name_or_code(string allowed, string rules)
    {
        Assert.Equal(rules, await LiveRecord.RulesAsync(
            user => ((JArray)user["user_role"]!).Add(JObject.Parse("{\"role_type\":{\"value\":\"52\",\"desc\":\"Instructor\"}}")),
            c => c with { AllowedRoles = PurgeCriteria.Names([allowed]) }));
    }

    [Theory]
    [InlineData("general", "")]
    [InlineData("OTHER", "Blocked")]
    public async Task Block_type_is_released_by_code(string ignored, string rules) => Assert.Equal(rules, await LiveRecord.RulesAsync(
        user => user["user_block"] = JToken.Parse("[{\"block_type\":{\"value\":\"GENERAL\"}}]"),
        c => c with { IgnoredBlockTypes = PurgeCriteria.Names([ignored]) }));

    [Theory]
    [InlineData("PURGEUG", "")]
    [InlineData("purgeug", "")]
    [InlineData("PURGEGR", "OtherUserGroup")]
    [InlineData(null, "OtherUserGroup")]
    public async Task Group_that_the_run_itself_set_is_no_other_group(string? setByRun, string rules) => Assert.Equal(
        rules,
        await LiveRecord.RulesAsync(user => user["user_group"] = JObject.Parse("{\"value\":\"PURGEUG\"}"), setByRun: setByRun));

    [Fact]
    public void User_that_Alma_does_not_know_is_NotFound_and_nothing_else()
    {
        PatronFacts facts = LiveFactsReader.Facts("p1", null, new DateOnly(2026, 3, 1));

        Assert.Equal("NotFound", Assert.Single(RuleBook.Judge(facts, LiveRecord.Criteria())).Rule);
    }

    [Fact]
    public void Check_that_got_no_answer_is_CheckFailed_and_nothing_else()
    {
        PatronFacts facts = new()
        {
            Source = FactSource.Live, PrimaryId = "p1", Today = new DateOnly(2026, 3, 1), CheckError = "could not be checked",
        };

        Assert.Equal("CheckFailed", Assert.Single(RuleBook.Judge(facts, LiveRecord.Criteria())).Rule);
    }
}
