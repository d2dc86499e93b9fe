using System.Text.RegularExpressions;

namespace AlmaPurge.Simulator.Tests;

/// <summary>docs/simulator.md and the simulator say the same: each call and each fault is in both.</summary>
public sealed partial class DocumentTests
{
    /// <summary>The paths of the official description, in the areas that the simulator has.</summary>
    private static readonly string[] s_official =
    [
        "users", "users/operation/test", "users/staff-login-report", "users/{}", "users/{}/attachments",
        "users/{}/attachments/{}", "users/{}/deposits", "users/{}/deposits/{}", "users/{}/fees", "users/{}/fees/all",
        "users/{}/fees/{}", "users/{}/leganto-notifications", "users/{}/loans", "users/{}/loans/{}",
        "users/{}/personal-data", "users/{}/purchase-requests", "users/{}/purchase-requests/{}", "users/{}/requests",
        "users/{}/requests/{}", "users/{}/resource-sharing-requests", "users/{}/resource-sharing-requests/{}",
        "conf/code-tables", "conf/code-tables/{}", "conf/departments", "conf/deposit-profiles", "conf/general",
        "conf/integration-profiles", "conf/integration-profiles/{}", "conf/jobs", "conf/jobs/{}",
        "conf/jobs/{}/instances", "conf/jobs/{}/instances/{}", "conf/jobs/{}/instances/{}/download",
        "conf/jobs/{}/instances/{}/events", "conf/jobs/{}/instances/{}/matches", "conf/letters", "conf/libraries",
        "conf/libraries/{}", "conf/libraries/{}/circ-desks", "conf/libraries/{}/locations", "conf/mapping-tables",
        "conf/mapping-tables/{}", "conf/md-import-profiles", "conf/open-hours", "conf/printers", "conf/reminders",
        "conf/sets", "conf/sets/{}", "conf/sets/{}/members", "conf/test", "conf/workflows/{}",
        "analytics/paths", "analytics/paths/{}", "analytics/reports", "analytics/test",
    ];

    private static readonly string s_page = File.ReadAllText(PagePath());

    [Fact]
    public async Task Each_call_that_is_served_is_on_the_page_and_the_other_way_round()
    {
        string[] documented = [.. Documented().Distinct().Order(StringComparer.Ordinal)];
        List<string> served = [];
        using TestClient client = TestClient.New();
        foreach (string path in s_official.Concat(documented.Select(d => d.Split(' ')[1])).Distinct())
        {
            foreach (string method in (string[])["GET", "POST", "PUT", "DELETE"])
            {
                string call = $"{method} {path}";
                bool isAnIdThere = !documented.Contains(call) && Array.Exists(documented, d => Covers(d, call));
                if (!isAnIdThere && await IsServedAsync(client, method, path))
                {
                    served.Add(call);
                }
            }
        }

        Assert.Equal(served.Order(StringComparer.Ordinal), documented);
    }

    [Fact]
    public void Each_fault_is_on_the_page_with_what_it_does_and_an_example_that_can_be_given()
    {
        Match[] rows = [.. FaultRow().Matches(s_page).OfType<Match>()];
        Assert.Equal(
            AlmaSimulator.FaultDescriptions.Select(f => (f.Name, f.Description, f.DefaultTrigger)),
            rows.Select(r => (r.Groups[1].Value, r.Groups[2].Value, r.Groups[3].Value)));
        string[] examples = [.. rows.Select(r => r.Groups[4].Value)];
        Assert.All(rows.Zip(examples), r => Assert.StartsWith(r.First.Groups[1].Value, r.Second, StringComparison.Ordinal));
        AlmaSimulator.Create(new SimulatorOptions { UserCount = 0, Faults = examples });
    }

    /// <summary>Whether a word of a path, such as staff-login-report, would be taken for an id.</summary>
    private static bool Covers(string template, string call)
    {
        string pattern = Regex.Escape(template).Replace("\\{}", "[^/]+", StringComparison.Ordinal);
        return template != call && Regex.IsMatch(call, $"^{pattern}$");
    }

    private static async Task<bool> IsServedAsync(TestClient client, string method, string path)
    {
        string filled = path.Replace("{}", "x", StringComparison.Ordinal);
        using HttpResponseMessage response = await client.SendAsync(new HttpMethod(method), filled);
        string text = await response.Content.ReadAsStringAsync();
        return !text.Contains("INVALID_REQUEST", StringComparison.Ordinal);
    }

    /// <summary>The first cell of each row, such as "`GET`, `POST conf/test`": every method with every path in it.</summary>
    private static IEnumerable<string> Documented()
    {
        string last = "";
        foreach (string row in s_page.Split('\n').Where(l => CallRow().IsMatch(l)))
        {
            string cell = row.Split('|')[1];
            string[] methods = [.. Method().Matches(cell).Select(m => m.Value)];
            foreach (Match path in PathIn().Matches(cell))
            {
                string name = Placeholder().Replace(path.Groups[1].Value, "{}");
                bool continues = name.StartsWith('…');
                last = continues ? last : name;
                foreach (string method in continues ? ["GET"] : methods)
                {
                    yield return $"{method} {(continues ? last + name[1..] : name)}";
                }
            }
        }
    }

    private static string PagePath()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "AlmaPurge.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.Combine(folder ?? "", "docs", "simulator.md");
    }

    [GeneratedRegex(@"^\| `(GET|PUT|POST|DELETE|…)")]
    private static partial Regex CallRow();

    [GeneratedRegex("GET|PUT|POST|DELETE")]
    private static partial Regex Method();

    [GeneratedRegex(@"((?:users|conf|analytics|…)(?:/[\w-]+|/\{[^}]+\})*)(?=`)")]
    private static partial Regex PathIn();

    [GeneratedRegex(@"^\| `(\w+)` \| ([^|]+) \| `([:@][\d.]+)` \| `([^`|]+)` \|\r?$", RegexOptions.Multiline)]
    private static partial Regex FaultRow();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();
}
