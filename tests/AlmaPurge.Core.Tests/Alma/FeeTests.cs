using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Rules;

namespace AlmaPurge.Core.Tests.Alma;

public sealed class FeeTests
{
    [Theory]
    [InlineData("""{"total_record_count":0,"total_sum":0,"currency":null}""", 0)]
    [InlineData("""{"total_record_count":"0"}""", 0)]
    [InlineData("""{"fee":{"id":"1","balance":1},"total_record_count":1}""", 1)]
    [InlineData("""{"fee":[{"id":"1","balance":1},{"id":"2","balance":2}],"total_record_count":2}""", 2)]
    [InlineData("""{"fee":[{"id":"1","balance":1}]}""", 1)]
    public async Task List_is_read_in_every_shape(string json, int count)
    {
        using AlmaClient client = FakeAlma.Saying(json).Connect();

        Assert.Equal(count, (await client.GetFeesAsync("1", "ACTIVE", default)).Count);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"total_record_count":1}""")]
    [InlineData("""{"fee":[{"id":"1"}],"total_record_count":2}""")]
    [InlineData("""{"fee":"x","total_record_count":0}""")]
    [InlineData("""{"fee":[],"total_record_count":-1}""")]
    public async Task List_that_is_not_whole_is_no_list(string json)
    {
        using AlmaClient client = FakeAlma.Saying(json).Connect();

        AlmaApiException error = await FakeAlma.FailsAsync(() => client.GetFeesAsync("1", "ACTIVE", default));

        Assert.Equal(AlmaErrorKind.Unreadable, error.Kind);
    }

    [Theory]
    [InlineData("12.5", 12.5)]
    [InlineData("\"12.50\"", 12.5)]
    [InlineData("-3", -3)]
    [InlineData("0", 0)]
    public async Task Balance_is_read_as_number_or_text(string json, double balance)
    {
        AlmaFeeRecord fee = await FeeAsync($$"""{"id":"1","status":{"value":"Active"},"type":{"value":"OVERDUEFINE"},"balance":{{json}} }""");

        Assert.Equal((decimal)balance, fee.Balance.Value);
        Assert.Equal(("1", "OVERDUEFINE", "ACTIVE"), (fee.Id, fee.Type, fee.Status));
    }

    [Theory]
    [InlineData("null", FactState.Absent)]
    [InlineData("\"\"", FactState.Absent)]
    [InlineData("\"12,50\"", FactState.Unreadable)]
    [InlineData("[]", FactState.Unreadable)]
    public async Task Balance_that_cannot_be_read_is_not_zero(string json, FactState state)
    {
        Assert.Equal(state, (await FeeAsync($$"""{"id":"1","balance":{{json}}}""")).Balance.State);
    }

    [Fact]
    public async Task Status_asked_for_goes_into_the_query_and_fills_a_missing_one()
    {
        FakeAlma alma = FakeAlma.Saying("""{"fee":[{"id":"1","balance":1}],"total_record_count":1}""");
        using AlmaClient client = alma.Connect();

        IReadOnlyList<AlmaFeeRecord> fees = await client.GetFeesAsync("a/b", "EXPORTED", default);

        Assert.Equal("EXPORTED", fees.Single().Status);
        Assert.EndsWith("/users/a%2Fb/fees?status=EXPORTED", alma.Requests[0].Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_facts_gather_the_fees_of_all_three_statuses()
    {
        FakeAlma alma = new((request, _) => FakeAlma.Json(
            request.Uri.Contains("INDISPUTE", StringComparison.Ordinal)
                ? """{"fee":[{"id":"1","balance":5}],"total_record_count":1}"""
                : """{"total_record_count":0}"""));
        using AlmaClient client = alma.Connect();
        PatronFacts facts = LiveFactsReader.Facts("1", null, new DateOnly(2026, 1, 1));

        await new LiveFactsReader(client).ReadFeesAsync(facts, default);

        Assert.Equal([new PatronFee("INDISPUTE", 5)], facts.Fees.Value);
        Assert.Equal(3, alma.Requests.Count);
    }

    [Fact]
    public async Task One_balance_that_cannot_be_read_spoils_all_fees()
    {
        using AlmaClient client = FakeAlma
            .Saying("""{"fee":[{"id":"1","balance":0},{"id":"2","balance":"?"}],"total_record_count":2}""")
            .Connect();
        PatronFacts facts = LiveFactsReader.Facts("1", null, new DateOnly(2026, 1, 1));

        await new LiveFactsReader(client).ReadFeesAsync(facts, default);

        Assert.Equal(FactState.Unreadable, facts.Fees.State);
    }

    private static async Task<AlmaFeeRecord> FeeAsync(string fee)
    {
        using AlmaClient client = FakeAlma.Saying($$"""{"fee":[{{fee}}],"total_record_count":1}""").Connect();
        return (await client.GetFeesAsync("1", "ACTIVE", default)).Single();
    }
}
