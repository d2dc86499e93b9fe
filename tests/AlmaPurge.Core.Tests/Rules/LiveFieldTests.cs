using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Tests.Rules;

/// <summary>
/// Each field of the user record that rules look at, in each way in which it may not be as expected. What must be there
/// keeps the patron where it is not; anything else that is not there means no; a value that cannot be understood keeps.
/// </summary>
public sealed class LiveFieldTests
{
    private const string Failed = "CheckFailed";

    // Field: absent, null, empty text, empty object, empty list; then other kinds: text, number, true, list of texts.
    private static readonly Dictionary<string, string[]> s_table = new()
    {
        ["primary_id"] = [Failed, Failed, Failed, Failed, Failed, "IdentityMismatch", "IdentityMismatch", "IdentityMismatch", Failed],
        ["record_type"] = [Failed, Failed, Failed, Failed, Failed, Failed, Failed, Failed, Failed],
        ["user_group"] = [Group, Group, Group, Group, Failed, "OtherUserGroup", "OtherUserGroup", "OtherUserGroup", Failed],
        ["status"] = [Failed, Failed, Failed, Failed, Failed, Failed, Failed, Failed, Failed],
        ["user_role"] = [Failed, Failed, Failed, Failed, "", Failed, Failed, Failed, Failed],
        ["loans"] = [Failed, Failed, Failed, Failed, Failed, Failed, "OpenLoans", Failed, Failed],
        ["requests"] = [Failed, Failed, Failed, Failed, Failed, Failed, "OpenRequests", Failed, Failed],
        ["fees"] = [Failed, Failed, Failed, Failed, Failed, Failed, "OwesFees", Failed, Failed],
        ["expiry_date"] = ["ExpiryMissing", "ExpiryMissing", "ExpiryMissing", "ExpiryMissing", Failed, Failed, Failed, Failed, Failed],
        ["purge_date"] = ["", "", "", "", Failed, Failed, Failed, Failed, Failed],
        ["last_patron_activity_date"] = ["", "", "", "", Failed, Failed, Failed, Failed, Failed],
        ["account_type"] = ["", "", "", "", Failed, Failed, Failed, Failed, Failed],
        ["user_block"] = ["", "", "", "", "", Failed, Failed, Failed, Failed],
        ["proxy_for_user"] = ["", "", "", "", "", Failed, Failed, Failed, Failed],
        ["is_researcher"] = ["", "", "", "", Failed, Failed, Failed, "Researcher", Failed],
        ["source_institution_code"] = ["", "", "", "", Failed, "LinkedCopy", "LinkedCopy", "LinkedCopy", Failed],
        ["source_link_id"] = ["", "", "", "", Failed, "LinkedCopy", "LinkedCopy", "LinkedCopy", Failed],
        ["linking_id"] = ["", "", "", "", "", "", "", "", ""],
        // What no rule looks at says nothing, whatever is in it.
        ["full_name"] = ["", "", "", "", "", "", "", "", ""],
    };

    private static readonly Dictionary<string, JToken?> s_ways = new()
    {
        ["absent"] = null,
        ["null"] = JValue.CreateNull(),
        ["empty text"] = "",
        ["empty object"] = new JObject(),
        ["empty list"] = new JArray(),
        ["unknown text"] = "something else",
        ["number"] = 7,
        ["true"] = true,
        ["list of texts"] = new JArray("x"),
    };

    // In no group is another one, and a record without a group is not whole.
    private const string Group = "OtherUserGroup CheckFailed";

    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        foreach (string field in s_table.Keys)
        {
            foreach (string way in s_ways.Keys)
            {
                cases.Add(field, way);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Field_that_is_not_as_expected_keeps_the_patron_or_means_no(string field, string way)
    {
        string rules = await LiveRecord.RulesAsync(user => Set(user, field, s_ways[way]));

        Assert.Equal(s_table[field][s_ways.Keys.ToList().IndexOf(way)], rules);
    }

    // As Alma writes coded values; an unknown code is another thing than no code.
    [Theory]
    [InlineData("record_type", Failed)]
    [InlineData("status", Failed)]
    [InlineData("account_type", Failed)]
    [InlineData("user_group", "OtherUserGroup")]
    public async Task Coded_value_that_nobody_knows_keeps_the_patron(string field, string rules) =>
        Assert.Equal(rules, await LiveRecord.RulesAsync(user => user[field] = new JObject { ["value"] = "NEW_CODE", ["desc"] = "New" }));

    [Theory]
    [InlineData("record_type", Failed)]
    [InlineData("status", Failed)]
    [InlineData("account_type", "")]
    [InlineData("user_group", Group)]
    [InlineData("loans", Failed)]
    [InlineData("requests", Failed)]
    [InlineData("fees", Failed)]
    public async Task Coded_value_without_its_value_is_not_there(string field, string rules)
    {
        foreach (JToken? value in (JToken?[])[null, JValue.CreateNull(), ""])
        {
            JObject coded = new() { ["desc"] = "" };
            Set(coded, "value", value);
            Assert.Equal(rules, await LiveRecord.RulesAsync(user => user[field] = coded.DeepClone()));
        }
    }

    private static void Set(JObject target, string field, JToken? value)
    {
        if (value is null)
        {
            target.Remove(field);
        }
        else
        {
            target[field] = value.DeepClone();
        }
    }
}
