using Deque.AxeCore.Commons;

namespace AlmaPurge.Simulator.Host.Tests.Browser;

/// <summary>Every page, looked at by axe: labels, headings, landmarks, contrast, roles.</summary>
public sealed class AccessibilityTests
{
    [SkippableFact]
    public async Task No_page_locks_anybody_out()
    {
        await using TestHost host = await TestHost.StartAsync();
        host.Simulator.AddUser(new SimulatedUserSpec
        {
            PrimaryId = "u1", OpenLoans = 1, PurgeDate = new DateOnly(2026, 1, 1), ProxyFor = ["u2"],
            Fees = [new("OVERDUEFINE", "ACTIVE", 5m, 5m)], Blocks = [new("GENERAL", "BARRED", "ACTIVE", null)],
        });
        await host.GetApiAsync("conf/general");
        string running = host.Simulator.StartPurgeUserRecords(1, "PUBLIC", "UNDRGRD", 0).Id;
        host.Simulator.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotEmpty(host.Simulator.JobRuns[0].Skipped);
        using Chromium browser = Chromium.Start();
        string axe = new BundledAxeScriptProvider().GetScript();
        string[] paths =
        [
            "", "?id=nobody", "user?id=u1", "user?id=nobody", "sets", "jobs", "jobs/" + running, "purge",
            "purge?recordType=PUBLIC", "purge/confirm?days=1&recordType=PUBLIC", "purge/confirm?days=x", "log", "bench", "nothing",
        ];
        foreach (string path in paths)
        {
            browser.Open(host, path);
            browser.Driver.ExecuteScript(axe);
            object? found = browser.Driver.ExecuteAsyncScript(
                "const done = arguments[0]; axe.run().then(r => done(r.violations.map("
                + "v => v.id + ': ' + v.nodes.map(n => n.html).join(' | ')).join('\\n')), e => done(String(e)));");
            Assert.True(found is "", $"/{path}\n{found}");
            Assert.DoesNotContain(browser.Complaints, c => !c.Contains("status of 400", StringComparison.Ordinal));
        }
    }
}
