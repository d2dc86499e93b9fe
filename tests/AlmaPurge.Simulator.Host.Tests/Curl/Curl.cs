using System.Diagnostics;
using System.Globalization;

namespace AlmaPurge.Simulator.Host.Tests.Curl;

/// <summary>The public HTTP client curl, as a stranger would use it.</summary>
internal static class Curl
{
    private static readonly Lazy<bool> s_isThere = new(() =>
    {
        try
        {
            using Process process = Start(["--version"]);
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    });

    public static void SkipWithout()
    {
        Skip.IfNot(s_isThere.Value, "There is no curl on PATH. Install it to see these calls made.");
    }

    /// <summary>Makes a call; what curl says in place of an answer is a failure.</summary>
    public static async Task<CurlAnswer> CallAsync(IEnumerable<string> arguments)
    {
        using Process process = Start(["--silent", "--show-error", "--include", "--noproxy", "*", "--max-time", "60", .. arguments]);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return CurlAnswer.Parse(output);
    }

    private static Process Start(IEnumerable<string> arguments)
    {
        ProcessStartInfo info = new("curl", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };

        // What the user of this machine has told curl is no part of a test.
        info.Environment["CURL_HOME"] = AppContext.BaseDirectory;
        return Process.Start(info)!;
    }
}

/// <summary>What came back, as curl --include prints it.</summary>
internal sealed record CurlAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string ContentType => Headers.GetValueOrDefault("Content-Type", "");

    public static CurlAnswer Parse(string output)
    {
        int end = output.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        string[] head = output[..end].Split("\r\n");
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in head[1..])
        {
            string[] parts = line.Split(": ", 2);
            headers[parts[0]] = parts[^1];
        }

        return new CurlAnswer(int.Parse(head[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, output[(end + 4)..]);
    }
}
