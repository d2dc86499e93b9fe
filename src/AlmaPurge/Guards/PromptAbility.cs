using System.Management.Automation.Host;

namespace AlmaPurge.Guards;

/// <summary>Whether somebody is there to be asked.</summary>
internal static class PromptAbility
{
    private const string NonInteractive = "noninteractive";

    /// <summary>Why the host cannot ask anybody, or null where it can.</summary>
    public static string? WhyNot(PSHost? host)
    {
        switch (host?.Name)
        {
            case null or "Default Host" or "ServerRemoteHost":
                return $"the host '{host?.Name ?? "none"}' cannot ask anybody";
            case "ConsoleHost" when IsNonInteractive(Environment.GetCommandLineArgs()):
                return "PowerShell was started with -NonInteractive";
            // Other hosts ask by their own means. Here a blank line in a file would count as yes.
            case "ConsoleHost" when Console.IsInputRedirected:
                return "standard input is not a keyboard";
            default:
                return null;
        }
    }

    /// <summary>Reads pwsh's own command line as pwsh does: abbreviations count, the script's own arguments do not.</summary>
    public static bool IsNonInteractive(IReadOnlyList<string> commandLine)
    {
        foreach (string argument in commandLine.Skip(1))
        {
            string name = argument.TrimStart('-', '/', '\u2013', '\u2014', '\u2015');
            if (name.Length == argument.Length || name.Length == 0)
            {
                continue;
            }

            if (IsAbbreviation(name, NonInteractive, atLeast: 4))
            {
                return true;
            }

            if (IsAbbreviation(name, "file", 1) || IsAbbreviation(name, "command", 1)
                || IsAbbreviation(name, "commandwithargs", 8) || name.Equals("cwa", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsAbbreviation(string name, string full, int atLeast) =>
        name.Length >= atLeast && full.StartsWith(name, StringComparison.OrdinalIgnoreCase);
}
