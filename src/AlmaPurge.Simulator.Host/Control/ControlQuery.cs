using System.Globalization;

namespace AlmaPurge.Simulator.Host.Control;

/// <summary>Reads the query of a control request.</summary>
internal static class ControlQuery
{
    public static string? Value(HttpRequest request, string name)
    {
        string text = request.Query[name].ToString();
        return text.Length > 0 ? text : null;
    }

    public static int Number(HttpRequest request, string name, int fallback)
    {
        string? text = Value(request, name);
        if (text is null)
        {
            return fallback;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new ControlException($"{name} '{text}' is no number.", $"Give 0 or more, such as {name}=100.");
    }

    public static DateOnly? Day(HttpRequest request, string name)
    {
        string? text = Value(request, name);
        return text is null
            ? null
            : Instant.ParseDay(text) ?? throw new ControlException(
                $"{name} '{text}' is no day.", $"Write it as yyyy-MM-dd, such as {name}=2025-01-01.");
    }

    /// <summary>The code of the group that was asked for; null where none was.</summary>
    public static string? UserGroup(HttpRequest request, AlmaSimulator simulator)
    {
        string? text = Value(request, "userGroup");
        SimulatedUserGroup? group = simulator.UserGroups.FirstOrDefault(
            g => string.Equals(g.Code, text, StringComparison.OrdinalIgnoreCase));
        return text is null || group is not null ? group?.Code : throw new ControlException(
            $"There is no user group '{text}'.",
            $"Give one of {string.Join(", ", simulator.UserGroups.Select(g => g.Code))}, or leave userGroup out for all.");
    }
}
