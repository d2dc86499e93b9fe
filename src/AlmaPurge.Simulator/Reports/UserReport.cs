using System.Globalization;
using AlmaPurge.Simulator.Endpoints;

namespace AlmaPurge.Simulator.Reports;

/// <summary>The Analytics report on users: the columns of the folder User Details that a purge needs.</summary>
internal static class UserReport
{
    public static IReadOnlyList<ReportColumn> Columns { get; } =
    [
        new("Primary Identifier", "varchar"), new("First Name", "varchar"), new("Last Name", "varchar"),
        new("User Group", "varchar"), new("User Group Code", "varchar"), new("User Record Type", "varchar"),
        new("User Type", "varchar"), new("Status", "varchar"), new("Expiry Date", "date"), new("Purge Date", "date"),
        new("Last Activity Date", "date"), new("Has Role Other Than Patron", "varchar"),
        new("User - Linked From Other Institution", "varchar"), new("Is Blocked", "varchar"),
    ];

    public static string?[] Row(ReportedUser user, Func<string, string> groupName, DateOnly today)
    {
        SimulatedUserSpec state = user.State;
        return
        [
            user.Id,
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
            state.Blocks.Any(b => b.Status == "ACTIVE" && !(b.ExpiryDate < today)) ? "Yes" : "No",
        ];
    }

    private static string? Day(DateOnly? date)
    {
        return date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
