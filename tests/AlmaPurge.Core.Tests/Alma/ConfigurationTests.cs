using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Tests.Alma;

public sealed class ConfigurationTests
{
    [Theory]
    [InlineData("\"PRODUCTION\"", AlmaEnvironment.Production)]
    [InlineData("\"production\"", AlmaEnvironment.Production)]
    [InlineData("{\"value\":\"SANDBOX\"}", AlmaEnvironment.Sandbox)]
    [InlineData("\"Premium Sandbox\"", AlmaEnvironment.Sandbox)]
    [InlineData("\"test\"", AlmaEnvironment.Unknown)]
    [InlineData("null", AlmaEnvironment.Unknown)]
    [InlineData("[1]", AlmaEnvironment.Unknown)]
    public async Task Environment_is_known_in_any_case_or_not_at_all(string json, AlmaEnvironment expected)
    {
        using AlmaClient client = FakeAlma
            .Saying($$"""{"institution":{"value":"01X","desc":"X Library"},"environment_type":{{json}} }""")
            .Connect();

        AlmaGeneralConfiguration general = await client.GetGeneralConfigurationAsync(default);

        Assert.Equal(("01X", "X Library", expected), (general.InstitutionCode, general.InstitutionName, general.Environment));
    }

    [Fact]
    public async Task Configuration_without_the_institution_is_an_error()
    {
        using AlmaClient client = FakeAlma.Saying("""{"environment_type":"SANDBOX"}""").Connect();

        await FakeAlma.FailsAsync(() => client.GetGeneralConfigurationAsync(default));
    }

    [Theory]
    [InlineData("""{"row":[{"code":"GRAD","description":"Graduate","enabled":true}]}""")]
    [InlineData("""{"row":{"code":"GRAD","description":"Graduate","enabled":"true"}}""")]
    [InlineData("""{"rows":{"row":[{"code":"GRAD","description":"Graduate"}]}}""")]
    public async Task Code_table_is_read_in_every_shape(string json)
    {
        FakeAlma alma = FakeAlma.Saying(json);
        using AlmaClient client = alma.Connect();

        IReadOnlyList<AlmaCodeTableRow> rows = await client.GetCodeTableAsync("UserGroups", default);

        Assert.Equal([new AlmaCodeTableRow("GRAD", "Graduate", true)], rows);
        Assert.EndsWith("/conf/code-tables/UserGroups", alma.Requests[0].Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mapping_table_gives_its_columns()
    {
        using AlmaClient client = FakeAlma
            .Saying("""{"row":[{"enabled":false,"column0":"PUBLIC","column1":"GRAD","column2":null}]}""")
            .Connect();

        AlmaMappingTableRow row = (await client.GetMappingTableAsync("UserRecordTypeUserGroup", default)).Single();

        Assert.False(row.IsEnabled);
        Assert.Equal(("PUBLIC", "GRAD"), (row.Columns["COLUMN0"], row.Columns["column1"]));
        Assert.False(row.Columns.ContainsKey("column2"));
    }

    [Theory]
    [InlineData(AlmaArea.Users, "/almaws/v1/users/operation/test")]
    [InlineData(AlmaArea.Configuration, "/almaws/v1/conf/test")]
    [InlineData(AlmaArea.Analytics, "/almaws/v1/analytics/test")]
    public async Task Area_is_tested_at_its_own_address_and_any_body_will_do(AlmaArea area, string path)
    {
        FakeAlma alma = FakeAlma.Saying("success");
        using AlmaClient client = alma.Connect();

        await client.TestAsync(area, default);

        Assert.EndsWith(path, alma.Requests.Single().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_in_page_is_no_success()
    {
        using AlmaClient client = FakeAlma.Saying("<!doctype html><html><body>Sign in</body></html>").Connect();

        await FakeAlma.FailsAsync(() => client.TestAsync(AlmaArea.Users, default));
    }
}
