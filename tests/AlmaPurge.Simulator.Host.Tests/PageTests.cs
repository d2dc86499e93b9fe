using System.Net;

namespace AlmaPurge.Simulator.Host.Tests;

/// <summary>The staff page as it is sent: it needs no script.</summary>
public sealed class PageTests : IAsyncLifetime
{
    private const string Odd = "<b>\"x\"&'y'</b>/1";

    private TestHost _host = null!;

    private AlmaSimulator Simulator => _host.Simulator;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Odd_identifiers_are_text_and_never_markup()
    {
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = Odd, Identifiers = [new("BARCODE", "<script>")] });
        string link = "user?id=" + Uri.EscapeDataString(Odd);
        foreach (string path in (string[])["?id=" + Uri.EscapeDataString(Odd), link, "user?id=%3Cscript%3E", "jobs/%3Cscript%3E"])
        {
            using HttpResponseMessage response = await _host.Http.GetAsync(path);
            string page = await response.Content.ReadAsStringAsync();
            Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        }

        Assert.Contains(WebUtility.HtmlEncode(Odd).Replace("&#39;", "&#x27;", StringComparison.Ordinal), await _host.Http.GetStringAsync(link), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?id=UNIQUE-1", 1)]
    [InlineData("?id=bar-77", 1)]
    [InlineData("?id=unique&group=ALUMNI", 1)]
    [InlineData("?id=unique&status=INACTIVE", 1)]
    [InlineData("?id=unique&purge=none", 1)]
    [InlineData("?id=unique&purge=some", 2)]
    [InlineData("?id=unique&from=2026-02-01", 1)]
    [InlineData("?id=unique&to=2026-02-01", 1)]
    [InlineData("?id=unique&from=2026-02-01&to=2026-02-02", 0)]
    [InlineData("?id=unique", 3)]
    public async Task Users_are_searched_and_filtered(string query, int count)
    {
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "unique-1", UserGroup = "ALUMNI", PurgeDate = new DateOnly(2026, 1, 1) });
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "unique-2", Status = "INACTIVE", PurgeDate = new DateOnly(2026, 3, 1) });
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "unique-3", Identifiers = [new("BARCODE", "BAR-77")] });
        string page = await _host.Http.GetStringAsync(query);
        Assert.Contains(count == 1 ? ">1 user<" : $">{count} users<", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_lists_have_pages()
    {
        Assert.Contains("Page 1 of ", await _host.Http.GetStringAsync(""), StringComparison.Ordinal);
        string second = await _host.Http.GetStringAsync("?status=ACTIVE&page=2");
        Assert.Contains("href=\"/?status=ACTIVE&amp;page=1\"", second, StringComparison.Ordinal);
        Assert.Contains("href=\"/?status=ACTIVE&amp;page=3\"", second, StringComparison.Ordinal);
        await _host.Http.GetStringAsync("?page=99999999");
    }

    [Fact]
    public async Task A_user_is_shown_with_all_that_matters_before_a_purge()
    {
        Simulator.AddUser(new SimulatedUserSpec
        {
            PrimaryId = "u1", OpenLoans = 2, OpenRequests = 3, PurgeDate = new DateOnly(2026, 5, 1),
            Fees = [new("OVERDUEFINE", "INDISPUTE", 4.5m, 9m)], Blocks = [new("GENERAL", "BARRED", "ACTIVE", null)],
            Identifiers = [new("BARCODE", "2999")], Roles = [new("52", "Instructor", "ACTIVE")],
        });
        string page = await _host.Http.GetStringAsync("user?id=u1");
        Assert.All(
            ["2 active", "3 active", "2026-05-01", "4.50", "In dispute", "BARRED", "BARCODE: 2999", "Instructor (52)", "(UNDRGRD)"],
            text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sets_and_their_members_are_shown()
    {
        string member = Simulator.Users.First(u => !u.IsDeleted).PrimaryId;
        using HttpRequestMessage create = _host.Api("conf/sets", HttpMethod.Post);
        create.Content = new StringContent(
            $$$"""{"name":"To go & more","type":{"value":"ITEMIZED"},"content":{"value":"USER"},"members":{"member":[{"id":"{{{member}}}"}]}}""", null, "application/json");
        (await _host.Http.SendAsync(create)).EnsureSuccessStatusCode().Dispose();
        string id = Simulator.Sets[0].Id;
        using HttpRequestMessage add = _host.Api($"conf/sets/{id}?op=add_members", HttpMethod.Post);
        add.Content = new StringContent($$$"""{"members":{"member":[{"id":"{{{member}}}"}]}}""", null, "application/json");
        (await _host.Http.SendAsync(add)).EnsureSuccessStatusCode().Dispose();
        Assert.Contains("To go &amp; more", await _host.Http.GetStringAsync("sets"), StringComparison.Ordinal);
        Assert.Contains($">{member}</a>", await _host.Http.GetStringAsync("sets/" + id), StringComparison.Ordinal);
        Assert.Contains("POST", await _host.Http.GetStringAsync("log?show=changes"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_dialog_works_without_script_step_by_step()
    {
        string first = await _host.Http.GetStringAsync("purge");
        Assert.Contains("id=\"group-field\" hidden", first, StringComparison.Ordinal);
        string second = await _host.Http.GetStringAsync("purge?recordType=PUBLIC");
        Assert.DoesNotContain("id=\"group-field\" hidden", second, StringComparison.Ordinal);
        string confirm = await _host.Http.GetStringAsync("purge/confirm?days=1&recordType=PUBLIC&userGroup=&waiveThreshold=1");
        int count = Simulator.PreviewPurgeUserRecords(1, "PUBLIC", null, 1).Taken;
        Assert.Contains($"it takes every past purge date, {count} users", confirm, StringComparison.Ordinal);
        Assert.Empty(Simulator.JobRuns);
        using FormUrlEncodedContent form = new([new("days", "1"), new("recordType", "PUBLIC"), new("userGroup", ""), new("waiveThreshold", "1")]);
        using HttpResponseMessage added = await _host.Http.PostAsync("purge", form);
        Assert.Equal(HttpStatusCode.SeeOther, added.StatusCode);
        string running = await _host.Http.GetStringAsync(added.Headers.Location!);
        Assert.Contains("<noscript><meta http-equiv=\"refresh\"", running, StringComparison.Ordinal);
        Simulator.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains("Completed with Warnings", await _host.Http.GetStringAsync(added.Headers.Location!), StringComparison.Ordinal);
        string gone = "user?id=" + Uri.EscapeDataString(Simulator.Purged[0].PrimaryId);
        using HttpResponseMessage user = await _host.Http.GetAsync(gone);
        Assert.Equal(HttpStatusCode.NotFound, user.StatusCode);
        Assert.Contains("the page Purge User Records", await user.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("days=x&recordType=PUBLIC", "whole number of days")]
    [InlineData("days=1&recordType=", "Choose a user record type")]
    [InlineData("days=1&recordType=PUBLIC&userGroup=NOPE", "Choose a user group")]
    [InlineData("days=1&recordType=PUBLIC&waiveThreshold=-1", "Give an amount")]
    public async Task A_dialog_filled_in_wrongly_comes_back_with_what_is_wrong(string query, string error)
    {
        using HttpResponseMessage response = await _host.Http.GetAsync("purge/confirm?" + query);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        string page = await response.Content.ReadAsStringAsync();
        Assert.Contains(error, page, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bench_moves_the_clock_and_runs_the_load()
    {
        DateTimeOffset before = Simulator.Clock.Now;
        (await _host.Http.PostAsync("bench/clock", new FormUrlEncodedContent([new("days", "3")]))).Dispose();
        Assert.True(Simulator.Clock.Now - before >= TimeSpan.FromDays(3));
        (await _host.Http.PostAsync("bench/clock", new FormUrlEncodedContent([new("days", "0")]))).Dispose();
        (await _host.Http.PostAsync("bench/student-load", null)).Dispose();
        Assert.Contains(Simulator.Users, u => u.ExpiryDate == DateOnly.FromDateTime(Simulator.Clock.Now.UtcDateTime).AddYears(1));
        Assert.Contains("The load is done", await _host.Http.GetStringAsync("bench?done=load"), StringComparison.Ordinal);
    }
}
