using System.Text;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Import;
using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tests.Alma;
using AlmaPurge.Simulator;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Tests.Steps.Sources;

/// <summary>The members of a user set as candidates.</summary>
public sealed class SetSourceTests : ReportTestBase
{
    private const string Query = "user_group~UNDRGRD";

    [Theory]
    [InlineData("Expired 2024/25")]
    [InlineData("EXPIRED 2024/25 ")]
    public async Task Members_of_an_itemized_set_are_candidates_by_name_and_by_id(string name)
    {
        AlmaSimulator alma = NewSimulator(new SimulatorOptions { UserCount = 260, Faults = ["duplicateMembers"] });
        using AlmaClient client = Connect(alma);
        string[] ids = [.. alma.Users.Where(u => !u.IsDeleted).Select(u => u.PrimaryId)];
        string id = await NewSetAsync(alma, "Expired 2024/25", ids);

        (PurgeRun run, List<AlmaPurgeCandidate> candidates) = Import(NewRun(), ReadTables(await Sets(client).ReadByNameAsync(name, default)));
        ImportedPatrons byId = ReadTables(await Sets(client).ReadByIdAsync(id, default));

        Assert.Equal(ids.Order(StringComparer.Ordinal), candidates.Select(c => c.PrimaryId).Order(StringComparer.Ordinal));
        Assert.Equal(ids.Length, byId.RowCount);
        RunInput input = run.Document.Inputs.Single();
        Assert.Equal(("Expired 2024/25", id, "inputs/Import-1.csv", (string?)null), (input.Name, input.SetId, input.Archive, input.Report));
        Assert.Equal(64, input.Sha256!.Length);
        Assert.Equal(ids.Length, Read(Path.Combine(run.Folder!, input.Archive!)).RowCount);
        Assert.Empty(Said.Warnings);
    }

    [Fact]
    public async Task Logical_set_is_read_as_it_is_now_with_a_warning_and_nothing_is_changed_in_Alma()
    {
        AlmaSimulator alma = NewSimulator(new SimulatorOptions { UserCount = 150 });
        using AlmaClient client = Connect(alma);
        await NewSetAsync(alma, "moving", [], Query);
        int changes = alma.Requests.Count(r => r.Method != "GET");

        ImportedPatrons patrons = ReadTables(await Sets(client).ReadByNameAsync("Moving", default));

        Assert.Equal(alma.Users.Count(u => !u.IsDeleted && u.UserGroup == "UNDRGRD"), patrons.RowCount);
        Assert.Equal(
            "'moving' is a logical set: Alma works out its members anew each time. The run holds those of now, and "
                + "keeps to them whoever comes into the set or leaves it later.",
            Assert.Single(Said.Warnings));
        Assert.Equal(changes, alma.Requests.Count(r => r.Method != "GET"));
    }

    [Fact]
    public async Task Set_tells_no_user_group_so_one_must_be_given()
    {
        AlmaSimulator alma = NewSimulator(new SimulatorOptions { UserCount = 20 });
        using AlmaClient client = Connect(alma);
        await NewSetAsync(alma, "a set", [alma.Users[0].PrimaryId]);

        ImportedPatrons patrons = ReadTables(await Sets(client).ReadByNameAsync("a set", default));

        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => patrons.SingleUserGroup());
        Assert.Equal("UserGroupNeeded", error.Id);
        Assert.Contains("a set", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_that_is_not_there_is_empty_or_holds_no_users_is_refused()
    {
        AlmaSimulator alma = NewSimulator(new SimulatorOptions { UserCount = 20 });
        using AlmaClient client = Connect(alma);
        string titles = await NewSetAsync(alma, "titles", [], content: "BIB_MMS");
        string empty = await NewSetAsync(alma, "empty", []);

        await StopsAsync("SetNotFound", () => Sets(client).ReadByNameAsync("nothing", default));
        await StopsAsync("SetNotFound", () => Sets(client).ReadByNameAsync("titles", default));
        await StopsAsync("SetNotFound", () => Sets(client).ReadByIdAsync("1", default));
        await StopsAsync("SetNotOfUsers", () => Sets(client).ReadByIdAsync(titles, default));
        Assert.Equal(empty, (await StopsAsync("SetEmpty", () => Sets(client).ReadByIdAsync(empty, default))).Target);
    }

    [Fact]
    public async Task Two_sets_of_one_name_are_told_apart_by_id_alone()
    {
        const string Sets = """
            {"set":[{"id":"1","name":"twin","content":{"value":"USER"},"type":{"value":"ITEMIZED"}},
                    {"id":"2","name":"Twin","content":{"value":"USER"},"type":{"value":"LOGICAL"}}],"total_record_count":2}
            """;
        using AlmaClient client = FakeAlma.Saying(Sets).Connect();

        AlmaPurgeException error = await StopsAsync("SetAmbiguous", () => SetSourceTests.Sets(client, Said).ReadByNameAsync("twin", default));

        Assert.Contains("1, 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_whose_list_stays_short_lets_nobody_through()
    {
        FakeAlma alma = new((request, _) => FakeAlma.Json(request.Uri.Contains("/members", StringComparison.Ordinal)
            ? """{"member":[{"id":"0001"}],"total_record_count":3}"""
            : """{"id":"1","name":"short","content":{"value":"USER"},"type":{"value":"ITEMIZED"}}"""));
        using AlmaClient client = alma.Connect();

        AlmaApiException error = await FakeAlma.FailsAsync(() => Sets(client).ReadByIdAsync("1", default));

        Assert.Equal(AlmaErrorKind.Unreadable, error.Kind);
    }

    private SetSource Sets(AlmaClient client) => Sets(client, Said);

    private static SetSource Sets(AlmaClient client, IStepReporter said) => new(client, said);

    private static async Task<string> NewSetAsync(
        AlmaSimulator alma, string name, string[] ids, string? query = null, string content = "USER")
    {
        using HttpClient http = new(alma.CreateHandler()) { BaseAddress = alma.BaseAddress };
        http.DefaultRequestHeaders.Add("Authorization", "apikey " + alma.ApiKey);
        http.DefaultRequestHeaders.Add("Accept", "application/json");
        JObject body = new()
        {
            ["name"] = name,
            ["type"] = new JObject { ["value"] = query is null ? "ITEMIZED" : "LOGICAL" },
            ["content"] = new JObject { ["value"] = content },
            ["private"] = new JObject { ["value"] = "false" },
            ["query"] = query is null ? null : new JObject { ["value"] = query },
        };
        JObject set = await PostAsync(http, "almaws/v1/conf/sets", body);
        string id = (string)set["id"]!;
        foreach (string[] chunk in ids.Chunk(1000))
        {
            JArray members = [.. chunk.Select(i => new JObject { ["id"] = i })];
            await PostAsync(
                http,
                $"almaws/v1/conf/sets/{id}?op=add_members",
                new JObject { ["members"] = new JObject { ["member"] = members } });
        }

        return id;
    }

    private static async Task<JObject> PostAsync(HttpClient http, string path, JObject body)
    {
        using StringContent content = new(body.ToString(), Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await http.PostAsync(new Uri(path, UriKind.Relative), content);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JObject.Parse(text);
    }

    private static Task<AlmaPurgeException> StopsAsync(string id, Func<Task> work) => PurgeWorldSteps.StopsAsync(id, work);
}
