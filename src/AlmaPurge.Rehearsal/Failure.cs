using AlmaPurge.Core;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Tables;

namespace AlmaPurge.Rehearsal;

/// <summary>Words for what stopped the rehearsal: what, where, and what to do next.</summary>
internal static class Failure
{
    // The steps speak of the parameters of the cmdlets; these are ours.
    private static readonly (string Theirs, string Ours)[] s_words =
    [
        ("-UserGroup", "--user-group"),
        ("-PurgeGroup", "--purge-group"),
        ("-DateFormat", "--date-format"),
        ("if nobody does, give -AllowEmpty", "if nobody does, leave out --fines"),
        (", or -KeepUserGroup", ""),
    ];

    public static string Describe(Exception e, string step)
    {
        (string id, string where, string? nextStep) = e switch
        {
            TableException table => ("Table" + table.Kind, Place(table), table.NextStep),
            AlmaPurgeException ours => (ours.Id, ours.Target?.ToString() ?? "", ours.NextStep),
            AlmaApiException alma => ("Alma" + alma.Kind, $"{alma.Method} {alma.Path}", null),
            _ => (e.GetType().Name, "", "See whether the path is right, and whether it may be read and written."),
        };
        string what = nextStep is null ? e.Message : e.Message.Replace(nextStep, "", StringComparison.Ordinal).Trim();
        List<string> lines = [$"Stopped in step {step}: {what} [{id}]"];
        if (where.Trim().Length > 0)
        {
            lines.Add($"  where: {where}");
        }

        if (nextStep is not null)
        {
            lines.Add($"  next:  {nextStep}");
        }

        return InOurWords(string.Join(Environment.NewLine, lines));
    }

    private static string Place(TableException e)
    {
        string column = e.Column is null ? "" : $", column '{e.Column}'";
        string row = e.Row is { } number ? FormattableString.Invariant($", row {number}") : "";
        return e.Path + column + row;
    }

    private static string InOurWords(string text)
    {
        foreach ((string theirs, string ours) in s_words)
        {
            text = text.Replace(theirs, ours, StringComparison.Ordinal);
        }

        return text;
    }
}
