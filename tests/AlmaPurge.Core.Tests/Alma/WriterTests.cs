using AlmaPurge.Core.Alma;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Tests.Alma;

public sealed class WriterTests
{
    [Fact]
    public async Task New_set_is_itemized_of_users_and_seen_by_staff()
    {
        FakeAlma alma = FakeAlma.Saying("""{"id":"95","name":"N","number_of_members":{"value":"0"},"type":{"value":"ITEMIZED"}}""");
        using AlmaClient client = alma.Connect();

        AlmaSetRecord set = await Writer(client).CreateUserSetAsync("N", "D", default);

        Assert.Equal(("95", "N", 0, "ITEMIZED"), (set.Id, set.Name, set.MemberCount, set.Type));
        SeenRequest request = alma.Requests.Single();
        Assert.EndsWith("/almaws/v1/conf/sets", request.Uri, StringComparison.Ordinal);
        JObject body = JObject.Parse(request.Body!);
        Assert.Equal("N", (string?)body["name"]);
        Assert.Equal("ITEMIZED", (string?)body["type"]!["value"]);
        Assert.Equal("USER", (string?)body["content"]!["value"]);
        Assert.Equal("false", (string?)body["private"]!["value"]);
    }

    [Fact]
    public async Task New_set_without_an_id_leaves_doubt()
    {
        using AlmaClient client = FakeAlma.Saying("{}").Connect();

        AlmaApiException error = await FakeAlma.FailsAsync(() => Writer(client).CreateUserSetAsync("N", "D", default));

        Assert.True(error.OutcomeUnknown);
    }

    [Fact]
    public async Task Members_are_sent_once_each_whatever_their_case()
    {
        FakeAlma alma = FakeAlma.Saying("""{"id":"95"}""");
        using AlmaClient client = alma.Connect();

        await Writer(client).AddSetMembersAsync("95", ["a", "A", "b/1"], default);
        await Writer(client).RemoveSetMembersAsync("95", ["a"], default);

        Assert.EndsWith("/sets/95?op=add_members&fail_on_invalid_id=true", alma.Requests[0].Uri, StringComparison.Ordinal);
        Assert.EndsWith("/sets/95?op=delete_members&fail_on_invalid_id=true", alma.Requests[1].Uri, StringComparison.Ordinal);
        Assert.Equal("""{"members":{"member":[{"id":"a"},{"id":"b/1"}]}}""", alma.Requests[0].Body);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task Call_with_no_or_too_many_members_is_not_sent(int count)
    {
        FakeAlma alma = FakeAlma.Saying("""{"id":"95"}""");
        using AlmaClient client = alma.Connect();
        string[] ids = [.. Enumerable.Range(0, count).Select(i => $"x{i}")];

        await Assert.ThrowsAsync<ArgumentException>(() => Writer(client).AddSetMembersAsync("95", ids, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Writer(client).AddSetMembersAsync("95", ["a", " "], default));
        Assert.Empty(alma.Requests);
    }

    [Theory]
    [InlineData("https://api-na.hosted.exlibrisgroup.com/almaws/v1/conf/jobs/M148/instances/9563", "9563")]
    [InlineData("/almaws/v1/conf/jobs/M148/instances/9563/", "9563")]
    [InlineData("https://evil.example.org/instances/9563?next=https://x/y", "9563")]
    [InlineData("https://evil.example.org/..%2F", null)]
    [InlineData("", null)]
    public async Task Instance_id_is_the_end_of_the_link_and_the_link_is_not_followed(string link, string? id)
    {
        FakeAlma alma = FakeAlma.Saying($$"""{"id":"M148","additional_info":{"value":"Job no. 1 triggered","link":"{{link}}"} }""");
        using AlmaClient client = alma.Connect();

        AlmaJobStart start = await Writer(client).RunJobAsync("M148", [new JobParameter("set_id", "95")], default);

        Assert.Equal(new AlmaJobStart("M148", id, "Job no. 1 triggered"), start);
        SeenRequest request = Assert.Single(alma.Requests);
        Assert.EndsWith("/conf/jobs/M148?op=run", request.Uri, StringComparison.Ordinal);
        Assert.Equal("""{"parameter":[{"name":{"value":"set_id"},"value":"95"}]}""", request.Body);
    }

    [Fact]
    public async Task Job_that_started_without_a_word_about_its_run_has_no_instance_id()
    {
        using AlmaClient client = FakeAlma.Saying("""{"id":"M148"}""").Connect();

        Assert.Null((await Writer(client).RunJobAsync("M148", [], default)).InstanceId);
    }

    [Fact]
    public async Task Deletions_take_an_empty_answer()
    {
        FakeAlma alma = FakeAlma.InTurn(() => new HttpResponseMessage(System.Net.HttpStatusCode.NoContent));
        using AlmaClient client = alma.Connect();

        await Writer(client).DeleteUserAsync("a/b", default);
        await Writer(client).DeleteSetAsync("95", default);

        Assert.Equal(
            [
                "DELETE https://api-na.hosted.exlibrisgroup.com/almaws/v1/users/a%2Fb",
                "DELETE https://api-na.hosted.exlibrisgroup.com/almaws/v1/conf/sets/95",
            ],
            alma.Requests.Select(request => request.ToString()));
    }

    [Theory]
    [InlineData("""{"primary_id":"2"}""")]
    [InlineData("{}")]
    public async Task Answer_about_someone_else_is_an_alarm(string answer)
    {
        FakeAlma alma = new((request, _) => FakeAlma.Json(request.Method == "GET" ? """{"primary_id":"1"}""" : answer));
        using AlmaClient client = alma.Connect();
        AlmaUserRecord user = (await client.GetUserAsync("1", expand: false, default))!;

        AlmaApiException error = await FakeAlma.FailsAsync(() => Writer(client).PutUserAsync(user, null, default));

        Assert.True(error.OutcomeUnknown);
        Assert.EndsWith("/users/1", alma.Requests[1].Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_from_a_listing_is_never_put_back()
    {
        FakeAlma alma = FakeAlma.Saying("""{"user":[{"primary_id":"1","user_group":{"value":"G"}}],"total_record_count":1}""");
        using AlmaClient client = alma.Connect();
        AlmaUserRecord user = await client.FindUsersInGroupAsync("G", default).FirstAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => Writer(client).PutUserAsync(user, null, default));
        Assert.Throws<InvalidOperationException>(() => user.WithUserGroup("H"));
        Assert.Single(alma.Requests);
    }

    [Fact]
    public void Writer_is_had_only_with_an_approval_that_says_something()
    {
        using AlmaClient client = FakeAlma.Saying("{}").Connect();

        Assert.Throws<ArgumentNullException>(() => client.GetWriter(null!));
        Assert.ThrowsAny<ArgumentException>(() => WriteApproval.Given(" "));
        Assert.Equal("Delete 3 patrons", client.GetWriter(WriteApproval.Given("Delete 3 patrons")).Approval.Sentence);
        Assert.Empty(typeof(WriteApproval).GetConstructors());
        Assert.DoesNotContain(
            typeof(IAlmaReader).GetMethods(),
            method => method.ReturnType == typeof(IAlmaWriter) || method.ReturnType == typeof(AlmaClient));
    }

    private static IAlmaWriter Writer(AlmaClient client) => client.GetWriter(WriteApproval.Given("test"));
}
