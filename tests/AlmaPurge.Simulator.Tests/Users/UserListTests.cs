using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Tests.Users;

public sealed class EmbeddedUserListTests() : UserListTests(new EmbeddedDoor());

/// <summary>GET /users.</summary>
public abstract class UserListTests(ITestDoor door) : EndpointTests(door)
{
    private async Task<string[]> IdsAsync(string query)
    {
        JObject page = await Client.GetAsync("users?limit=100&" + query);
        return [.. (page["user"] ?? new JArray()).Select(u => u["primary_id"]!.ToString())];
    }

    private void Add(string id, Func<SimulatedUserSpec, SimulatedUserSpec>? change = null)
    {
        SimulatedUserSpec spec = new() { PrimaryId = id };
        Simulator.AddUser(change is null ? spec : change(spec));
    }

    [Fact]
    public async Task A_page_is_minimal_unless_expanded_and_holds_at_most_a_hundred()
    {
        JObject page = await Client.GetAsync("users");
        Assert.Equal(10, page["user"]!.Count());
        Assert.Null(page["user"]![0]!["user_group"]);
        Assert.NotNull((await Client.GetAsync("users?limit=1&expand=full"))["user"]![0]!["user_role"]);
        JObject none = await Client.GetAsync("users?limit=0");
        Assert.Null(none["user"]);
        Assert.Equal(Client.Present().Count, none["total_record_count"]!.Value<int>());
        Assert.Null((await Client.GetAsync("users?offset=1000000"))["user"]);
        Assert.Equal("40166411", await Client.GetErrorAsync("users?limit=101"));
        Assert.Equal("40166411", await Client.GetErrorAsync("users?offset=-1"));
        Assert.Equal("401666", await Client.GetErrorAsync("users?expand=everything"));
    }

    [Fact]
    public async Task Names_sort_first_unless_another_order_is_asked_for()
    {
        UseEmpty();
        Add("1", s => s with { LastName = "B", FirstName = "X" });
        Add("2", s => s with { LastName = "A", FirstName = "Z" });
        Add("3", s => s with { LastName = "B", FirstName = "W" });
        Add("0", s => s with { LastName = "B", FirstName = "X" });
        Assert.Equal(["2", "3", "0", "1"], await IdsAsync(""));
        Assert.Equal(["3", "0", "1", "2"], await IdsAsync("order_by=first_name"));
        Assert.Equal(["2", "0", "1", "3"], await IdsAsync("order_by=last_name"));
        Assert.Equal(["0", "1", "2", "3"], await IdsAsync("order_by=primary_id"));
        Assert.Equal("40166410", await Client.GetErrorAsync("users?order_by=age"));
    }

    [Theory]
    [InlineData("primary_id~ann_lee_7")]
    [InlineData("first_name~Ann")]
    [InlineData("middle_name~Maria")]
    [InlineData("last_name~lee")]
    [InlineData("last_name~Lee%20AND%20first_name~Ann")]
    [InlineData("email~patron2")]
    [InlineData("phone_number~0100002")]
    [InlineData("job_category~LIBRARIAN")]
    [InlineData("campus_code~NORTH")]
    [InlineData("identifiers~29990")]
    [InlineData("id_type~UNIV_ID")]
    [InlineData("birth_date~1990-01-02")]
    [InlineData("user_group~GRAD")]
    [InlineData("user_group~graduate")]
    [InlineData("block_type~GENERAL")]
    [InlineData("fines_fees_sum~7.50")]
    [InlineData("general_info~Maria")]
    [InlineData("ALL~29990")]
    public async Task Each_documented_field_finds_the_one(string query)
    {
        UseEmpty();
        Add("other", s => s with { FirstName = "Bo" });
        Add("ann lee/7", s => s with
        {
            FirstName = "Ann",
            MiddleName = "Maria",
            LastName = "Lee",
            UserGroup = "GRAD",
            BirthDate = new DateOnly(1990, 1, 2),
            Identifiers = [new("UNIV_ID", "29990", "INACTIVE")],
            Blocks = [new("GENERAL", "BARRED", "ACTIVE", null)],
            Fees = [new("OVERDUEFINE", "ACTIVE", 7.5m, 7.5m)],
            OtherFields = new Dictionary<string, string> { ["job_category"] = "LIBRARIAN", ["campus_code"] = "NORTH" },
        });
        Assert.Equal(["ann lee/7"], await IdsAsync("q=" + query));
    }

    [Theory]
    [InlineData("shoe_size~44")]
    [InlineData("smith")]
    [InlineData("ALL~a%20AND%20last_name~b")]
    [InlineData("fines_fees_sum~much")]
    public async Task A_query_that_is_not_understood_counts_minus_one(string query)
    {
        JObject page = await Client.GetAsync("users?q=" + query);
        Assert.Equal(-1, page["total_record_count"]!.Value<int>());
        Assert.Null(page["user"]);
    }

    [Fact]
    public async Task Changes_are_found_by_their_day_but_not_together_with_a_query()
    {
        UseEmpty();
        Add("old", s => s with { CreatedDate = TestClient.Noon.AddDays(-10) });
        Add("new");
        Assert.Equal(["new"], await IdsAsync("modify_date_from=2026-11-22"));
        Assert.Empty(await IdsAsync("modify_date_from=2026-11-23"));
        Assert.Equal("401666", await Client.GetErrorAsync("users?modify_date_from=2026-11-22&q=last_name~a"));
        Assert.Equal("401666", await Client.GetErrorAsync("users?modify_date_from=22.11.2026"));
    }

    [Fact]
    public async Task Copies_are_found_by_their_source()
    {
        UseEmpty();
        Add("own");
        Add("copy", s => s with { SourceInstitutionCode = "01OTHER_INST", SourceLinkId = "77" });
        Assert.Equal(["copy"], await IdsAsync("source_institution_code=01OTHER_INST"));
        Assert.Equal(["copy"], await IdsAsync("source_institution_code=01OTHER_INST&source_user_id=77"));
        Assert.Equal(
            "4019990", await Client.GetErrorAsync("users?source_institution_code=01OTHER_INST&source_user_id=78"));
        Assert.Equal("401651", await Client.GetErrorAsync("users?source_institution_code=01NOBODY"));
    }

    [Fact]
    public async Task Contacts_may_be_listed_without_their_id()
    {
        Use(new SimulatorOptions { UserCount = 0, ContactsWithoutPrimaryId = true, RequestsPerSecond = 0 });
        Add("c1", s => s with { RecordType = "CONTACT" });
        JToken contact = (await Client.GetAsync("users"))["user"]![0]!;
        Assert.Equal("no primary id (1)", contact["primary_id"]!.ToString());
        string path = contact["link"]!.ToString().Split("/almaws/v1/")[1];
        Assert.Equal("401861", await Client.GetErrorAsync(path));
    }

    [Fact]
    public async Task A_list_comes_as_xml_too()
    {
        UseEmpty();
        Add("1");
        System.Xml.Linq.XElement users = await Client.GetXmlAsync("users?expand=full");
        Assert.Equal("1", users.Attribute("total_record_count")!.Value);
        Assert.Equal("UNDRGRD", users.Element("user")!.Element("user_group")!.Value);
    }
}
