using System.Globalization;
using AlmaPurge.Simulator.Endpoints;

namespace AlmaPurge.Simulator.Reports;

/// <summary>The two Analytics reports that a purge starts from, as CSV.</summary>
internal static class CsvReports
{
    private const string UserHeader =
        "Primary Identifier,First Name,Last Name,User Group,User Group Code,User Record Type,User Type,Status,"
        + "Expiry Date,Purge Date,Last Activity Date,Has Role Other Than Patron,"
        + "User - Linked From Other Institution,Is Blocked";

    private const string FineHeader =
        "Primary Identifier,Fine Fee Type,Fine Fee Status,Original Amount,Remaining Amount";

    public static void WriteUsers(
        TextWriter writer, IEnumerable<SimulatedUser> users, Func<string, string> groupName, DateOnly today)
    {
        Line(writer, UserHeader);
        foreach (SimulatedUser user in users)
        {
            SimulatedUserSpec state = user.State;
            Line(
                writer,
                user.ReportedId ?? state.PrimaryId,
                state.FirstName,
                state.LastName,
                groupName(state.UserGroup),
                state.UserGroup,
                Labels.Of(state.RecordType),
                Labels.Of(state.AccountType),
                Labels.Of(state.Status),
                Day(state.ExpiryDate),
                Day(state.PurgeDate),
                Day(state.LastPatronActivityDate),
                state.Roles.Any(r => r.Status == "ACTIVE" && r.Type != "200") ? "Y" : "N",
                string.IsNullOrEmpty(state.SourceInstitutionCode) ? "No" : "Yes",
                state.Blocks.Any(b => b.Status == "ACTIVE" && !(b.ExpiryDate < today)) ? "Yes" : "No");
        }
    }

    public static void WriteFines(TextWriter writer, IEnumerable<SimulatedUser> users)
    {
        Line(writer, FineHeader);
        foreach (SimulatedUser user in users)
        {
            foreach (SimulatedFee fee in user.Fees)
            {
                Line(
                    writer,
                    user.ReportedId ?? user.PrimaryId,
                    Labels.Of(fee.Type),
                    Labels.Of(fee.Status),
                    fee.OriginalAmount.ToString("0.00", CultureInfo.InvariantCulture),
                    fee.Balance.ToString("0.00", CultureInfo.InvariantCulture));
            }
        }
    }

    private static void Line(TextWriter writer, string text)
    {
        writer.Write(text);
        writer.Write("\r\n");
    }

    private static void Line(TextWriter writer, params string[] fields)
    {
        Line(writer, string.Join(',', fields.Select(Quoted)));
    }

    private static string Quoted(string field)
    {
        return field.AsSpan().IndexOfAny(",\"\r\n") < 0
            ? field
            : "\"" + field.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    private static string Day(DateOnly? date)
    {
        return date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
    }
}
