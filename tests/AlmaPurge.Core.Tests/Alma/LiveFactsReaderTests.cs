using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Rules;

namespace AlmaPurge.Core.Tests.Alma;

public sealed class LiveFactsReaderTests
{
    [Fact]
    public async Task Answer_becomes_facts()
    {
        PatronFacts facts = await ReadAsync("""
            {"primary_id":"ABC","record_type":{"value":"public"},"user_group":{"value":"GRAD","desc":"Graduate"},
             "status":{"value":"INACTIVE"},"account_type":{"value":"Internal"},"source_link_id":"77",
             "user_role":[],"loans":{"value":0},"requests":{"value":1},"fees":{"value":0}}
            """);

        Assert.True(facts.Found);
        Assert.Equal(FactSource.Live, facts.Source);
        Assert.Equal(new DateOnly(2026, 3, 1), facts.Today);
        Assert.Equal(("abc", "ABC"), (facts.PrimaryId, facts.ReturnedPrimaryId.Value));
        Assert.Equal(PatronRecordType.Public, facts.RecordType.Value);
        Assert.Equal(PatronStatus.Inactive, facts.Status.Value);
        Assert.Equal(PatronAccountType.Internal, facts.AccountType.Value);
        Assert.Equal("77", facts.LinkedFrom.Value);
        Assert.Equal(("GRAD", "Graduate"), (facts.UserGroup.Value, facts.UserGroupName.Value));
        Assert.Equal((0, 1, 0m), (facts.OpenLoans.Value, facts.OpenRequests.Value, facts.FeeBalance.Value));
        Assert.Equal(FactState.NotAsked, facts.Fees.State);
        Assert.Equal(FactState.Absent, facts.ExpiryDate.State);
    }

    [Theory]
    [InlineData("\"PATRON\"")]
    [InlineData("\"0\"")]
    [InlineData("1")]
    [InlineData("\"PUBLIC,STAFF\"")]
    public async Task Code_that_nobody_knows_is_unreadable(string code)
    {
        PatronFacts facts = await ReadAsync($$"""{"record_type":{{code}},"status":{{code}},"account_type":{"value":{{code}} } }""");

        Assert.Equal(FactState.Unreadable, facts.RecordType.State);
        Assert.Equal(FactState.Unreadable, facts.Status.State);
        Assert.Equal(FactState.Unreadable, facts.AccountType.State);
    }

    [Theory]
    [InlineData("""{"source_institution_code":[1],"source_link_id":null}""", FactState.Unreadable)]
    [InlineData("""{"source_institution_code":"","source_link_id":[1]}""", FactState.Unreadable)]
    [InlineData("""{"source_institution_code":"01X","source_link_id":null}""", FactState.Known)]
    [InlineData("""{"source_institution_code":null,"source_link_id":""}""", FactState.Absent)]
    public async Task Either_mark_makes_a_linked_copy(string json, FactState state)
    {
        Assert.Equal(state, (await ReadAsync(json)).LinkedFrom.State);
    }

    [Fact]
    public async Task User_that_alma_does_not_know_is_not_found_and_has_no_facts()
    {
        using AlmaClient client = FakeAlma.InTurn(() => FakeAlma.Error("401861")).Connect();

        PatronFacts facts = await new LiveFactsReader(client).ReadAsync("abc", default);

        Assert.False(facts.Found);
        Assert.Equal(FactState.NotAsked, facts.UserGroup.State);
    }

    private static async Task<PatronFacts> ReadAsync(string json)
    {
        FakeAlma alma = FakeAlma.Saying(json);
        using AlmaClient client = alma.Connect();
        PatronFacts facts = await new LiveFactsReader(client).ReadAsync("abc", default);
        Assert.Contains("expand=loans%2Crequests%2Cfees", alma.Requests.Single().Uri, StringComparison.Ordinal);
        return facts;
    }
}
