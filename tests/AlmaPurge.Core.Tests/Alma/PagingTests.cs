using System.Globalization;
using System.Text.RegularExpressions;
using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Tests.Alma;

public sealed partial class PagingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(250)]
    public async Task Listing_is_read_to_its_end(int count)
    {
        FakeAlma alma = Server(Ids(count), total: count);
        using AlmaClient client = alma.Connect();

        Assert.Equal(Ids(count), await MembersAsync(client));
        Assert.All(alma.Requests, request => Assert.Contains("limit=100", request.Uri, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(150, 100)]
    [InlineData(250, 1)]
    public async Task Count_that_is_too_low_does_not_end_it(int count, int total)
    {
        using AlmaClient client = Server(Ids(count), total).Connect();

        Assert.Equal(Ids(count), await MembersAsync(client));
    }

    [Theory]
    [InlineData(150, "-1")]
    [InlineData(100, "null")]
    [InlineData(30, "\"-1\"")]
    [InlineData(130, "\"130\"")]
    public async Task Count_that_means_nothing_or_is_a_text_is_coped_with(int count, string total)
    {
        using AlmaClient client = Server(Ids(count), total).Connect();

        Assert.Equal(Ids(count), await MembersAsync(client));
    }

    [Fact]
    public async Task Server_with_smaller_pages_is_read_to_its_end()
    {
        using AlmaClient client = Server(Ids(130), "-1", pageSize: 50).Connect();

        Assert.Equal(Ids(130), await MembersAsync(client));
    }

    [Theory]
    [InlineData(50, 120)]
    [InlineData(0, 3)]
    [InlineData(200, 201)]
    public async Task Listing_that_ends_before_its_count_is_an_error(int count, int total)
    {
        using AlmaClient client = Server(Ids(count), total).Connect();

        AlmaApiException error = await FakeAlma.FailsAsync(() => MembersAsync(client));

        Assert.Equal(AlmaErrorKind.Unreadable, error.Kind);
        Assert.Contains($"{count} of {total}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"many\"")]
    public async Task Nobody_is_not_read_out_of_an_answer_without_a_count(string total)
    {
        using AlmaClient client = Server([], total).Connect();

        AlmaApiException error = await FakeAlma.FailsAsync(() => GroupAsync(client, "PURGEUG"));

        Assert.Contains("proves nothing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_that_comes_twice_is_given_once_in_any_case()
    {
        using AlmaClient client = Server(["a1", "A1", "b2", "a1"], total: "2").Connect();

        Assert.Equal(["a1", "b2"], await MembersAsync(client));
    }

    [Fact]
    public async Task Row_that_was_pushed_out_by_a_repeated_one_is_fetched_in_another_pass()
    {
        string[] shifted = ["id0099", .. Ids(200).Skip(100).Take(99)];
        FakeAlma alma = new((request, n) => OffsetOf(request) switch
        {
            0 => Page("member", [.. Ids(100)], "200"),
            100 => Page("member", n == 1 ? shifted : [.. Ids(200).Skip(100)], "200"),
            _ => Page("member", [], "200"),
        });
        using AlmaClient client = alma.Connect();

        Assert.Equal(Ids(200), await MembersAsync(client));
        Assert.Equal([0, 100, 200, 0, 100], alma.Requests.Select(OffsetOf));
    }

    [Fact]
    public async Task Row_that_stays_missing_behind_a_repeated_one_is_an_error()
    {
        FakeAlma alma = new((_, _) => Page("member", ["a", "b", "b"], "3"));
        using AlmaClient client = alma.Connect();

        await FakeAlma.FailsAsync(() => MembersAsync(client));
        Assert.Equal(3, alma.Requests.Count);
    }

    [Fact]
    public async Task Server_that_ignores_the_offset_does_not_keep_us_forever()
    {
        string[] same = [.. Ids(100)];
        FakeAlma alma = new((_, _) => Page("member", same, "1000"));
        using AlmaClient client = alma.Connect();

        await FakeAlma.FailsAsync(() => MembersAsync(client));
        Assert.InRange(alma.Requests.Count, 2, 10);
    }

    [Theory]
    [InlineData("""{"member":{"id":"only"},"total_record_count":1}""")]
    [InlineData("""{"member":[{"id":"only"}],"total_record_count":"1"}""")]
    public async Task One_row_may_come_without_its_array(string json)
    {
        using AlmaClient client = FakeAlma.Saying(json).Connect();

        Assert.Equal(["only"], await MembersAsync(client));
    }

    [Theory]
    [InlineData("""{"member":"x","total_record_count":1}""")]
    [InlineData("""{"member":["x"],"total_record_count":1}""")]
    [InlineData("""{"member":[{"description":"no id"}],"total_record_count":1}""")]
    public async Task Rows_that_make_no_sense_are_an_error(string json)
    {
        using AlmaClient client = FakeAlma.Saying(json).Connect();

        Assert.Equal(AlmaErrorKind.Unreadable, (await FakeAlma.FailsAsync(() => MembersAsync(client))).Kind);
    }

    [Fact]
    public async Task Group_is_matched_exactly_and_whoever_cannot_be_placed_is_given()
    {
        FakeAlma alma = FakeAlma.Saying("""
            {"user":[
              {"primary_id":"1","user_group":{"value":"PURGEUG"}},
              {"primary_id":"2","user_group":{"value":"purgeug"}},
              {"primary_id":"3","user_group":{"value":"PURGEUGX","desc":"PURGEUG"}},
              {"primary_id":"4"},
              {"primary_id":"5","user_group":[]},
              {"primary_id":"no primary id (77)","user_group":{"value":"PURGEUG"}},
              {"user_group":{"value":"PURGEUG"}}
            ],"total_record_count":7}
            """);
        using AlmaClient client = alma.Connect();

        List<AlmaUserRecord> found = await GroupAsync(client, "PURGEUG");

        Assert.Equal(
            ["1", "2", "4", "5", "(user without primary identifier)", "(user without primary identifier)"],
            found.Select(user => user.ToString()));
        Assert.All(found, user => Assert.False(user.CanBePut));
        Assert.Contains("q=user_group~PURGEUG&expand=full", alma.Requests[0].Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sets_are_found_by_their_exact_name()
    {
        FakeAlma alma = FakeAlma.Saying("""
            {"set":[{"id":"1","name":"AlmaPurge b1"},{"id":"2","name":"AlmaPurge b10"},{"id":"3","name":"ALMAPURGE B1"}],
             "total_record_count":3}
            """);
        using AlmaClient client = alma.Connect();

        List<AlmaSetRecord> found = await client.FindSetsAsync("AlmaPurge b1", default).ToListAsync();

        Assert.Equal(["1", "3"], found.Select(set => set.Id));
        Assert.Contains("content_type=USER&set_type=ITEMIZED", alma.Requests[0].Uri, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Ids(int count) => Enumerable.Range(0, count).Select(i => $"id{i:0000}");

    private static Task<List<string>> MembersAsync(AlmaClient client) =>
        client.GetSetMemberIdsAsync("9", default).ToListAsync().AsTask();

    private static Task<List<AlmaUserRecord>> GroupAsync(AlmaClient client, string code) =>
        client.FindUsersInGroupAsync(code, default).ToListAsync().AsTask();

    private static FakeAlma Server(IEnumerable<string> ids, int total) =>
        Server(ids, total.ToString(CultureInfo.InvariantCulture));

    private static FakeAlma Server(IEnumerable<string> ids, string total, int pageSize = 100)
    {
        string[] all = [.. ids];
        return new FakeAlma((request, _) =>
        {
            return Page("member", [.. all.Skip(OffsetOf(request)).Take(pageSize)], total);
        });
    }

    private static int OffsetOf(SeenRequest request) =>
        int.Parse(Offset().Match(request.Uri).Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>As Alma does, an empty page has no array at all.</summary>
    private static HttpResponseMessage Page(string name, string[] ids, string total) => FakeAlma.Json(
        ids.Length == 0
            ? $$"""{"total_record_count":{{total}}}"""
            : $$"""{"{{name}}":[{{string.Join(",", ids.Select(id => $$"""{"id":"{{id}}"}"""))}}],"total_record_count":{{total}}}""");

    [GeneratedRegex("offset=([0-9]+)")]
    private static partial Regex Offset();
}
