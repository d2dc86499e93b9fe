using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AlmaPurge.Simulator.Host.Tests.Curl;

/// <summary>The examples of docs/simulator.md work as they stand there.</summary>
public sealed partial class ExampleTests
{
    private static readonly string s_page = File.ReadAllText(PagePath());

    [SkippableFact]
    public async Task The_lines_of_curl_work_and_after_them_the_calls_in_the_tables()
    {
        Skip.If(OperatingSystem.IsWindows(), "There is no sh to run the lines.");
        Curl.SkipWithout();
        await using TestHost host = await TestHost.StartAsync(new HostOptions
        {
            JobQueue = TimeSpan.Zero, JobRun = TimeSpan.Zero,
        });
        string[] blocks = [.. ShellBlock().Matches(s_page).Select(m => m.Groups[1].Value)];
        Assert.Equal(2, blocks.Length);
        foreach (string block in blocks)
        {
            await RunAsync(block.Replace("http://127.0.0.1:8680/", host.Address.AbsoluteUri, StringComparison.Ordinal));
        }

        // The last block leaves faults behind.
        host.Simulator.SetFaults();
        string[] calls = [.. ExampleCall().Matches(s_page).Select(m => m.Groups[1].Value)];
        Assert.True(calls.Length > 15, string.Join('\n', calls));
        foreach (string call in calls)
        {
            await host.GetApiAsync(call);
        }
    }

    /// <summary>Runs the lines; curl ends each that is refused with an error, and the first ends all.</summary>
    private static async Task RunAsync(string lines)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("almapurge-examples-");
        try
        {
            const string Quiet = "set -e\ncurl() { command curl --silent --show-error --fail --noproxy '*' \"$@\" || { echo \"$@\" >&2; exit 1; }; }\n";
            ProcessStartInfo info = new("sh", ["-c", Quiet + lines])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder.FullName,
            };
            using Process shell = Process.Start(info)!;
            Task<string> errors = shell.StandardError.ReadToEndAsync();
            await shell.StandardOutput.ReadToEndAsync();
            await shell.WaitForExitAsync();
            Assert.True(shell.ExitCode == 0, await errors);
        }
        finally
        {
            folder.Delete(recursive: true);
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

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    // The last cell of a row of calls, where it is the path of a GET.
    [GeneratedRegex(@"\| `((?:users|conf|analytics)[^`\s]*)`[^|]*\|\r?$", RegexOptions.Multiline)]
    private static partial Regex ExampleCall();
}
