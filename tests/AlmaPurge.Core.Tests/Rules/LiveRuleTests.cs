using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Tests.Rules;

/// <summary>The rules on Alma's own answers: each field absent, null, empty, of another kind, or with an unknown value.</summary>
public sealed class LiveRuleTests
{
    private static readonly string[] s_required =
        ["primary_id", "record_type", "user_group", "status", "user_role", "loans", "requests", "fees"];

    private static readonly string[] s_optional =
        ["account_type", "purge_date", "last_patron_activity_date", "created_date", "user_block", "proxy_for_user",
            "is_researcher", "source_institution_code", "source_link_id", "linking_id"];

    public static TheoryData<string, string> MissingRequired() => Missing(s_required);

    public static TheoryData<string, string> MissingOptional() => Missing(s_optional);

    [Fact]
    public async Task Whole_record_of_an_expired_patron_passes() => Assert.Equal("", await LiveRecord.RulesAsync(_ => { }));

    [Theory]
    [MemberData(nameof(MissingRequired))]
    public async Task Required_field_that_is_not_there_keeps_the_patron(string field, string how)
    {
        string rules = await LiveRecord.RulesAsync(user => Take(user, field, how));

        Assert.Equal(field == "user_group" ? "OtherUserGroup CheckFailed" : "CheckFailed", rules);
    }

    [Theory]
    [MemberData(nameof(MissingOptional))]
    public async Task Other_field_that_is_not_there_means_no(string field, string how) =>
        Assert.Equal("", await LiveRecord.RulesAsync(user => Take(user, field, how)));

    [Theory]
    [InlineData("absent")]
    [InlineData("null")]
    [InlineData("empty")]
    public async Task Expiry_date_that_is_not_there_keeps_the_patron(string how) =>
        Assert.Equal("ExpiryMissing", await LiveRecord.RulesAsync(user => Take(user, "expiry_date", how)));

    [Theory]
    [InlineData("record_type", "\"ROBOT\"")]
    [InlineData("record_type", "{\"value\":\"0\"}")]
    [InlineData("status", "{\"value\":\"SLEEPING\"}")]
    [InlineData("status", "[1]")]
    [InlineData("account_type", "{\"value\":\"INTERNAL_WITH_AUTH\"}")]
    [InlineData("user_group", "[{}]")]
    [InlineData("user_role", "\"200\"")]
    [InlineData("user_role", "[{\"status\":{\"value\":\"ACTIVE\"}}]")]
    [InlineData("user_role", "[\"200\"]")]
    [InlineData("expiry_date", "\"01/05/2020\"")]
    [InlineData("expiry_date", "20200501")]
    [InlineData("purge_date", "\"someday\"")]
    [InlineData("last_patron_activity_date", "\"2020-13-01\"")]
    [InlineData("is_researcher", "\"perhaps\"")]
    [InlineData("source_link_id", "[1]")]
    [InlineData("user_block", "\"yes\"")]
    [InlineData("user_block", "[{}]")]
    [InlineData("proxy_for_user", "3")]
    [InlineData("loans", "{\"value\":\"none\"}")]
    [InlineData("loans", "{\"value\":-1}")]
    [InlineData("requests", "{\"value\":1.5}")]
    [InlineData("fees", "{\"value\":\"0,00\"}")]
    public async Task Value_that_cannot_be_understood_keeps_the_patron(string field, string json) =>
        Assert.Equal("CheckFailed", await LiveRecord.RulesAsync(user => user[field] = JToken.Parse(json)));

    [Theory]
    [InlineData("record_type", "{\"value\":\"STAFF\"}", "StaffRecord")]
    [InlineData("record_type", "\"contact\"", "StaffRecord")]
    [InlineData("user_group", "{\"value\":\"GRAD\"}", "OtherUserGroup")]
    [InlineData("user_group", "{\"value\":\"PURGEUG\"}", "OtherUserGroup")]
    [InlineData("status", "{\"value\":\"DELETED\"}", "AlreadyDeleted")]
    [InlineData("status", "{\"value\":\"INACTIVE\"}", "")]
    [InlineData("account_type", "{\"value\":\"INTERNAL\"}", "InternalAccount")]
    [InlineData("expiry_date", "\"2024-12-31Z\"", "")]
    [InlineData("expiry_date", "\"2025-01-01Z\"", "NotExpired")]
    [InlineData("last_patron_activity_date", "\"2025-01-01Z\"", "RecentlyActive")]
    [InlineData("last_patron_activity_date", "\"2024-12-31Z\"", "")]
    [InlineData("user_role", "[]", "")]
    [InlineData("user_role", "[{\"status\":{\"value\":\"ACTIVE\"},\"role_type\":{\"value\":\"52\"}}]", "OtherRole")]
    [InlineData("user_role", "[{\"role_type\":{\"value\":\"52\"}}]", "OtherRole")]
    [InlineData("user_role", "[{\"status\":{\"value\":\"INACTIVE\"},\"role_type\":{\"value\":\"52\"}}]", "")]
    [InlineData("source_institution_code", "\"01OTHER\"", "LinkedCopy")]
    [InlineData("source_link_id", "\"8800\"", "LinkedCopy")]
    [InlineData("linking_id", "\"9900\"", "")]
    [InlineData("is_researcher", "true", "Researcher")]
    [InlineData("is_researcher", "\"true\"", "Researcher")]
    [InlineData("loans", "{\"value\":2}", "OpenLoans")]
    [InlineData("requests", "{\"value\":\"1\"}", "OpenRequests")]
    [InlineData("fees", "{\"value\":0.01}", "OwesFees")]
    [InlineData("fees", "{\"value\":-5}", "")]
    [InlineData("user_block", "[{\"block_type\":{\"value\":\"GENERAL\"},\"block_status\":\"ACTIVE\"}]", "Blocked")]
    [InlineData("user_block", "[{\"block_type\":{\"value\":\"GENERAL\"}}]", "Blocked")]
    [InlineData("user_block", "[{\"block_type\":{\"value\":\"GENERAL\"},\"block_status\":\"INACTIVE\"}]", "")]
    [InlineData("user_block", "[{\"block_type\":{\"value\":\"X\"},\"expiry_date\":\"2026-02-28Z\"}]", "")]
    [InlineData("user_block", "[{\"block_type\":{\"value\":\"X\"},\"expiry_date\":\"2026-03-01Z\"}]", "Blocked")]
    [InlineData("user_block", "[{\"block_type\":{\"value\":\"X\"},\"expiry_date\":\"never\"}]", "Blocked")]
    [InlineData("proxy_for_user", "[{\"primary_id\":\"p2\"}]", "Proxy")]
    public async Task Value_decides(string field, string json, string rules) =>
        Assert.Equal(rules, await LiveRecord.RulesAsync(user => user[field] = JToken.Parse(json)));

    private static TheoryData<string, string> Missing(string[] fields)
    {
        TheoryData<string, string> data = [];
        foreach (string field in fields)
        {
            data.Add(field, "absent");
            data.Add(field, "null");
            data.Add(field, "empty");
            data.Add(field, "object");
        }

        return data;
    }

    private static void Take(JObject user, string field, string how)
    {
        switch (how)
        {
            case "absent":
                user.Remove(field);
                break;
            case "null":
                user[field] = JValue.CreateNull();
                break;
            case "empty":
                user[field] = "";
                break;
            default:
                user[field] = new JObject();
                break;
        }
    }
}
