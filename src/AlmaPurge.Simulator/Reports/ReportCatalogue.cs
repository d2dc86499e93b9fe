using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Reports;

/// <summary>
/// The reports there are: <c>users</c> and <c>fines</c> in the institution's shared folder. Both have the prompts User
/// Group, User Group Code and Expiry Date; a filter on another column changes nothing (seen).
/// </summary>
internal sealed class ReportCatalogue
{
    private readonly Library _library;

    public ReportCatalogue(Library library)
    {
        _library = library;
    }

    public static string Folder(SimulatorOptions options)
    {
        return $"/shared/{options.InstitutionName} {options.InstitutionCode}/Reports";
    }

    public ReportTable Compute(string path, ReportFilter filter)
    {
        if (!path.StartsWith("/shared/", StringComparison.Ordinal))
        {
            throw new ApiErrorException(
                "INTERNAL_SERVER_ERROR",
                $"access denied for user to path {path} - make sure the report is saved in a shared folder.",
                500);
        }

        string folder = Folder(_library.Options);
        IEnumerable<ReportedUser> users = _library.Analytics.Users.Where(u => filter.Fits(name => Prompted(u, name)));
        if (path == folder + "/users")
        {
            DateOnly day = _library.Analytics.Day;
            return new ReportTable(UserReport.Columns, [.. users.Select(u => UserReport.Row(u, GroupName, day))]);
        }

        return path == folder + "/fines"
            ? new ReportTable(FinesReport.Columns, [.. users.SelectMany(FinesReport.Rows)])
            : throw new ApiErrorException("INTERNAL_SERVER_ERROR", $"Path not found ({path})", 500);
    }

    private string GroupName(string code)
    {
        return _library.Group(code)?.Description ?? code;
    }

    /// <summary>The value of a column that the report prompts for; null for another one.</summary>
    private string? Prompted(ReportedUser user, string column)
    {
        return column switch
        {
            "User Group" => GroupName(user.State.UserGroup),
            "User Group Code" => user.State.UserGroup,
            "Expiry Date" => user.State.ExpiryDate?.ToString("yyyy-MM-dd", null) ?? "",
            _ => null,
        };
    }
}
