using OpenQA.Selenium;

namespace AlmaPurge.Simulator.Host.Tests.Browser;

/// <summary>The classic purge, as somebody at the keyboard does it.</summary>
public sealed class PurgeDialogTests : IAsyncLifetime
{
    private const string Odd = "o'brien/<1>";

    private TestHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(new HostOptions
        {
            Now = TestHost.December20, JobQueue = TimeSpan.FromSeconds(0.5), JobRun = TimeSpan.FromSeconds(1.5),
        });
        _host.Simulator.AddUser(Marked(Odd));
        _host.Simulator.AddUser(Marked("borrower") with { OpenLoans = 1 });
        _host.Simulator.AddUser(Marked("later") with { PurgeDate = new DateOnly(2026, 12, 10) });
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public void With_the_keyboard_alone_a_job_is_added_watched_and_a_purged_user_is_gone()
    {
        using Chromium browser = Chromium.Start();
        browser.Open(_host, "purge");
        browser.Press(Keys.Tab, Keys.Enter);
        browser.TabTo("days");
        browser.Press(Keys.Backspace, "10", Keys.Tab, "P", Keys.Tab);
        Assert.Equal("userGroup", browser.Driver.SwitchTo().ActiveElement().GetAttribute("id"));
        browser.Press("P", Keys.Tab, Keys.Backspace, "1", Keys.Enter);
        browser.WaitUntil(() => browser.Shows("confirm"), "the confirmation");
        Assert.Contains("1 user would be purged now, for good.", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Purge Undergraduates (PURGEUG)", browser.Page, StringComparison.Ordinal);
        Assert.Empty(_host.Simulator.JobRuns);
        browser.TabTo("confirm");
        browser.Press(Keys.Enter);

        browser.WaitUntil(() => browser.Text("status") is "Queued" or "Running", "the job to be under way");
        browser.WaitUntil(() => browser.Text("status") == "Completed with Warnings", "the job to end");
        browser.WaitUntil(() => browser.Text("announce") == "Completed with Warnings.", "the end to be announced");
        Assert.Contains("has active loans", browser.Page, StringComparison.Ordinal);

        browser.Open(_host, "");
        browser.TabTo("id");
        browser.Press(Odd, Keys.Enter);
        browser.WaitUntil(() => browser.Text("count") == "0 users", "the purged user to be gone");
        browser.Open(_host, "?id=borrower");
        Assert.Equal("1 user", browser.Text("count"));
        Assert.Equal([Odd], _host.Simulator.Purged.Select(p => p.PrimaryId));
        Assert.Empty(browser.Complaints);
    }

    [SkippableFact]
    public void The_user_group_appears_only_once_a_record_type_is_chosen()
    {
        using Chromium browser = Chromium.Start();
        browser.Open(_host, "purge");
        Assert.False(browser.Shows("userGroup"));
        browser.Find("recordType").SendKeys("Public");
        Assert.True(browser.Shows("userGroup"));
        browser.Find("userGroup").SendKeys("Alumni");
        browser.Find("recordType").SendKeys("Choose");
        Assert.False(browser.Shows("userGroup"));
        Assert.Equal("", browser.Find("userGroup").GetAttribute("value"));
    }

    [SkippableFact]
    public void A_blank_user_group_is_warned_of_with_the_count_and_cancelling_does_nothing()
    {
        PurgePreview preview = _host.Simulator.PreviewPurgeUserRecords(10, "PUBLIC", null, 1);
        Assert.True(preview.Taken > 20 && preview.TakenByGroup.Count > 2);
        using Chromium browser = Chromium.Start();
        browser.Open(_host, "purge?recordType=PUBLIC&days=10&waiveThreshold=1");
        browser.TabTo("waiveThreshold");
        browser.Press(Keys.Enter);
        browser.WaitUntil(() => browser.Shows("confirm"), "the confirmation");
        IWebElement alert = browser.Driver.FindElement(By.CssSelector("[role=alert]"));
        Assert.Contains($"{preview.Taken} users would be purged now", alert.Text, StringComparison.Ordinal);
        Assert.Contains("No user group was chosen: it takes every past purge date", alert.Text, StringComparison.Ordinal);
        Assert.Equal(preview.TakenByGroup.Count, browser.Driver.FindElements(By.CssSelector("#by-group tbody tr")).Count);
        browser.TabTo("cancel");
        browser.Press(Keys.Enter);
        browser.WaitUntil(() => browser.Shows("days"), "the dialog");
        Assert.Equal("10", browser.Find("days").GetAttribute("value"));
        Assert.Empty(_host.Simulator.JobRuns);
    }

    [SkippableFact]
    public void Without_script_it_takes_one_step_more_and_works()
    {
        using Chromium browser = Chromium.Start(script: false);
        browser.Open(_host, "purge");
        browser.Find("recordType").SendKeys("Public");
        Assert.False(browser.Shows("userGroup"));
        browser.Find("choose").Click();
        browser.WaitUntil(() => browser.Shows("userGroup"), "the user group");
        browser.Find("userGroup").SendKeys("P");
        browser.Find("waiveThreshold").SendKeys(Keys.Enter);
        browser.WaitUntil(() => browser.Shows("confirm"), "the confirmation");
        browser.Find("confirm").Click();
        browser.WaitUntil(() => browser.Text("status") == "Completed with Warnings", "the job to end");
    }

    private static SimulatedUserSpec Marked(string id) => new()
    {
        PrimaryId = id, UserGroup = "PURGEUG", PurgeDate = new DateOnly(2026, 12, 9),
    };
}
