namespace AlmaPurge.Core.Steps;

/// <summary>The path of an Analytics report as people give it: copied from a page, from an address, without its slash.</summary>
public static class ReportPath
{
    /// <summary>The path as Alma takes it, not encoded: it is encoded once when it is sent.</summary>
    /// <param name="given">What was given.</param>
    /// <exception cref="AlmaPurgeException">There is nothing in it.</exception>
    public static string Normalize(string given)
    {
        ArgumentNullException.ThrowIfNull(given);
        string path = given.Trim().Trim('"', '\'').Trim();
        if (IsFromAddress(path))
        {
            path = Uri.UnescapeDataString(path.Replace('+', ' '));
        }
        else if (path.Contains("%20", StringComparison.Ordinal) || path.Contains("%2F", StringComparison.OrdinalIgnoreCase))
        {
            path = Uri.UnescapeDataString(path);
        }

        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 0 ? "/" + string.Join('/', parts) : throw new AlmaPurgeException(
            "ReportPathEmpty",
            AlmaPurgeErrorKind.InvalidArgument,
            $"'{given}' is no path of an Analytics report.",
            "Give the path as the report's properties in Analytics show it, such as '/shared/My University 01INST/Reports/expired'.",
            given);
    }

    // The query of an address has plus signs for its spaces. In a path that people see, a plus is a plus.
    private static bool IsFromAddress(string path) => path.StartsWith("%2F", StringComparison.OrdinalIgnoreCase);
}
