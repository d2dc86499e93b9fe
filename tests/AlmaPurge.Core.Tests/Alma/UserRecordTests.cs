using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Rules;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Tests.Alma;

public sealed class UserRecordTests
{
    private const string Full = """
        {"record_type":{"value":"PUBLIC","desc":"Public"},"primary_id":"00123456","first_name":"Ada","last_name":"Zebra",
         "user_group":{"value":"GRAD","desc":"Graduate"},"birth_date":"1990-01-01Z","expiry_date":"2024-06-30Z",
         "purge_date":"2025-06-30Z","account_type":{"value":"EXTERNAL","desc":"External"},"external_id":"SIS",
         "status":{"value":"ACTIVE","desc":"Active"},"status_date":"2024-07-01Z","requests":{"value":0,"link":"https://x/r"},
         "loans":{"value":"14","link":"https://x/l"},"fees":{"value":12.50},"contact_info":{"email":[{"email_address":"ada@example.org"}]},
         "is_researcher":false,"last_patron_activity_date":"2024-05-02Z","source_link_id":null,"source_institution_code":null,
         "linking_id":"9999999","created_date":"2019-09-01Z",
         "user_role":[{"status":{"value":"ACTIVE"},"scope":{"value":"01INST"},"role_type":{"value":"200","desc":"Patron"},"parameter":[]},
                      {"status":{"value":"INACTIVE"},"role_type":{"value":"52","desc":"Instructor"},"expiry_date":"2024-01-01Z"}],
         "user_block":[{"block_type":{"value":"GENERAL"},"block_description":{"value":"02-GLOBAL"},"block_status":"ACTIVE","expiry_date":"2027-01-01Z"}],
         "proxy_for_user":[{"primary_id":"2"},{"primary_id":"3"}]}
        """;

    [Fact]
    public async Task Every_field_is_read()
    {
        AlmaUserRecord user = await ReadAsync(Full);

        Assert.Equal("00123456", user.PrimaryId.Value);
        Assert.Equal("PUBLIC", user.RecordType.Value);
        Assert.Equal(("GRAD", "Graduate"), (user.UserGroup.Value, user.UserGroupName.Value));
        Assert.Equal("ACTIVE", user.Status.Value);
        Assert.Equal("EXTERNAL", user.AccountType.Value);
        Assert.Equal(new DateOnly(2024, 6, 30), user.ExpiryDate.Value);
        Assert.Equal(new DateOnly(2025, 6, 30), user.PurgeDate.Value);
        Assert.Equal(new DateOnly(2024, 5, 2), user.LastActivityDate.Value);
        Assert.Equal(new DateOnly(2024, 7, 1), user.StatusDate.Value);
        Assert.Equal(new DateOnly(2019, 9, 1), user.CreationDate.Value);
        Assert.Equal(
            [new PatronRole("200", "Patron", true, null), new PatronRole("52", "Instructor", false, new DateOnly(2024, 1, 1))],
            user.Roles.Value);
        Assert.Equal([new PatronBlock("GENERAL", "02-GLOBAL", true, new DateOnly(2027, 1, 1))], user.Blocks.Value);
        Assert.Equal(2, user.ProxyForCount.Value);
        Assert.Equal("9999999", user.LinkingId.Value);
        Assert.False(user.IsResearcher.Value);
        Assert.Equal((14, 0, 12.50m), (user.OpenLoans.Value, user.OpenRequests.Value, user.FeeBalance.Value));
        Assert.Equal(FactState.Absent, user.SourceLinkId.State);
    }

    [Fact]
    public async Task Empty_user_has_nothing_and_invents_nothing()
    {
        AlmaUserRecord user = await ReadAsync("{}");

        Assert.All(States(user), pair => Assert.True(pair.Value == FactState.Absent, pair.Key));
    }

    [Fact]
    public async Task Counts_that_were_not_asked_for_are_not_asked_and_not_absent()
    {
        AlmaUserRecord user = await ReadAsync("""{"primary_id":"1","loans":null}""", expand: false);

        Assert.Equal(FactState.NotAsked, user.OpenLoans.State);
        Assert.Equal(FactState.NotAsked, user.OpenRequests.State);
        Assert.Equal(FactState.NotAsked, user.FeeBalance.State);
    }

    /// <summary>For each field: values that mean "nothing", and values that are there and cannot be understood.</summary>
    public static TheoryData<string, string, string> Fields => new()
    {
        { "PrimaryId", "primary_id", "[]" },
        { "RecordType", "record_type", "{\"value\":[]} [\"PUBLIC\"]" },
        { "UserGroup", "user_group", "{\"value\":{\"x\":1}} [{\"value\":\"GRAD\"}]" },
        { "Status", "status", "{\"value\":[1]}" },
        { "AccountType", "account_type", "[1]" },
        { "ExpiryDate", "expiry_date", "\"30.06.2024\" \"2024-13-01\" \"2024-6-1\" \"soon\" 0 \"0\" 1719705600 \"1719705600\" true {\"value\":\"x\"} [] \"0001-01-01Z\"" },
        { "PurgeDate", "purge_date", "\"06/30/2024\" 20240630" },
        { "LastActivityDate", "last_patron_activity_date", "\"yesterday\" -1 \"2024-02-30Z\"" },
        { "StatusDate", "status_date", "\"x\"" },
        { "Roles", "user_role", "\"x\" [1] [{\"status\":{\"value\":\"ACTIVE\"}}] [{\"role_type\":{\"value\":[]}}]" },
        { "Blocks", "user_block", "\"x\" [null] [{\"block_status\":\"ACTIVE\"}]" },
        { "ProxyForCount", "proxy_for_user", "\"x\" 3 [1]" },
        { "SourceInstitutionCode", "source_institution_code", "[1] {\"value\":[]}" },
        { "SourceLinkId", "source_link_id", "[1]" },
        { "LinkingId", "linking_id", "[1]" },
        { "IsResearcher", "is_researcher", "\"maybe\" 1 [] {\"value\":\"x\"}" },
        { "OpenLoans", "loans", "{\"value\":-1} {\"value\":1.5} {\"value\":\"two\"} {\"value\":true} [] {\"value\":\"1,000\"}" },
        { "OpenRequests", "requests", "\"x\" {\"value\":99999999999}" },
        { "FeeBalance", "fees", "{\"value\":\"1,50\"} {\"value\":\"USD 2\"} {\"value\":false}" },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task Nothing_and_nonsense_are_never_taken_for_each_other(string property, string field, string unreadable)
    {
        foreach (string nothing in (string[])["null", "\"\"", "\"  \"", "{}"])
        {
            FactState state = await StateAsync(property, field, nothing);
            Assert.True(state == FactState.Absent, $"{field} = {nothing} is {state}");
        }

        foreach (string value in Values(unreadable))
        {
            FactState state = await StateAsync(property, field, value);
            Assert.True(state == FactState.Unreadable, $"{field} = {value} is {state}");
        }
    }

    [Theory]
    [InlineData("\"2024-06-30\"", "2024-06-30")]
    [InlineData("\"2024-06-30Z\"", "2024-06-30")]
    [InlineData("\"2024-06-30+02:00\"", "2024-06-30")]
    [InlineData("\"2024-06-30T00:00:00Z\"", "2024-06-30")]
    [InlineData("\"2025-10-05T09:38:16.058Z\"", "2025-10-05")]
    [InlineData("\"2025-10-05T09:38:16\"", "2025-10-05")]
    [InlineData("\"2025-10-05T23:30:00-05:00\"", "2025-10-06")]
    [InlineData("1719705600000", "2024-06-30")]
    [InlineData("\"1719705600000\"", "2024-06-30")]
    [InlineData("1719723600000", "2024-06-30")]
    [InlineData("1719698400000", "2024-06-30")]
    [InlineData("{\"value\":\"2024-06-30Z\"}", "2024-06-30")]
    public async Task Date_is_read_in_every_form_that_alma_uses(string json, string expected)
    {
        AlmaUserRecord user = await ReadAsync($$"""{"expiry_date":{{json}}}""");

        Assert.Equal(DateOnly.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), user.ExpiryDate.Value);
    }

    [Theory]
    [InlineData("""{"user_role":{"role_type":{"value":"200"}}}""", 1)]
    [InlineData("""{"user_role":[]}""", 0)]
    public async Task List_of_one_may_come_bare_and_an_empty_list_is_known_to_be_empty(string json, int count)
    {
        AlmaUserRecord user = await ReadAsync(json);

        Assert.Equal(count, user.Roles.Value.Count);
    }

    [Theory]
    [InlineData("""{"role_type":{"value":"52"}}""", true)]
    [InlineData("""{"role_type":{"value":"52"},"status":{"value":"SUSPENDED"}}""", true)]
    [InlineData("""{"role_type":{"value":"52"},"status":"inactive"}""", false)]
    public async Task Role_counts_as_active_unless_alma_says_it_is_not(string role, bool active)
    {
        AlmaUserRecord user = await ReadAsync($$"""{"user_role":[{{role}}]}""");

        Assert.Equal(active, user.Roles.Value.Single().IsActive);
    }

    [Fact]
    public async Task End_of_a_role_that_cannot_be_read_is_no_end()
    {
        AlmaUserRecord user = await ReadAsync("""{"user_role":[{"role_type":{"value":"52"},"expiry_date":"someday"}]}""");

        Assert.Null(user.Roles.Value.Single().Expires);
    }

    [Fact]
    public async Task Nothing_personal_is_to_be_had()
    {
        AlmaUserRecord user = await ReadAsync(Full);

        string all = string.Join(" ", typeof(AlmaUserRecord).GetProperties().Select(p => p.GetValue(user)?.ToString()));
        foreach (string personal in (string[])["Ada", "Zebra", "ada@example.org", "1990"])
        {
            Assert.DoesNotContain(personal, all + user, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Changed_record_is_put_whole_with_only_the_changes_changed()
    {
        FakeAlma alma = new((request, _) => FakeAlma.Json(request.Method == "GET" ? Full : """{"primary_id":"00123456"}"""));
        using AlmaClient client = alma.Connect();
        AlmaUserRecord user = (await client.GetUserAsync("00123456", expand: true, default))!;

        AlmaUserRecord changed = user.WithUserGroup("UNDRGRD").WithPurgeDate(null).WithExpiryDate(new DateOnly(2024, 7, 1));
        await client.GetWriter(WriteApproval.Given("test")).PutUserAsync(changed, "user_group", default);

        Assert.Equal("GRAD", user.UserGroup.Value);
        Assert.Equal("UNDRGRD", changed.UserGroup.Value);
        Assert.Equal(FactState.Absent, changed.PurgeDate.State);
        SeenRequest put = alma.Requests[1];
        Assert.Equal("PUT https://api-na.hosted.exlibrisgroup.com/almaws/v1/users/00123456?override=user_group", put.ToString());
        JObject expected = JObject.Parse(Full);
        expected["user_group"] = new JObject { ["value"] = "UNDRGRD" };
        expected.Remove("purge_date");
        expected["expiry_date"] = "2024-07-01Z";
        Assert.True(JToken.DeepEquals(expected, JObject.Parse(put.Body!)), put.Body);
        Assert.Contains("12.50", put.Body!, StringComparison.Ordinal);
    }

    private static async Task<FactState> StateAsync(string property, string field, string value) =>
        States(await ReadAsync($$"""{"{{field}}":{{value}}}"""))[property];

    private static async Task<AlmaUserRecord> ReadAsync(string json, bool expand = true)
    {
        using AlmaClient client = FakeAlma.Saying(json).Connect();
        return (await client.GetUserAsync("1", expand, default))!;
    }

    private static Dictionary<string, FactState> States(AlmaUserRecord user) => typeof(AlmaUserRecord)
        .GetProperties()
        .Where(property => property.PropertyType.IsGenericType)
        .ToDictionary(
            property => property.Name,
            property => (FactState)property.PropertyType.GetProperty("State")!.GetValue(property.GetValue(user))!);

    /// <summary>Several JSON values in one text.</summary>
    private static IEnumerable<string> Values(string text)
    {
        using Newtonsoft.Json.JsonTextReader reader = new(new StringReader(text))
        {
            SupportMultipleContent = true,
            DateParseHandling = Newtonsoft.Json.DateParseHandling.None,
        };
        while (reader.Read())
        {
            yield return JToken.ReadFrom(reader).ToString(Newtonsoft.Json.Formatting.None);
        }
    }
}
