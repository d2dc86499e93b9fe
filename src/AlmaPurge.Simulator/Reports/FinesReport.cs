using System.Globalization;
using AlmaPurge.Simulator.Endpoints;

namespace AlmaPurge.Simulator.Reports;

/// <summary>The Analytics report on fines and fees: a row for each fee in any state.</summary>
internal static class FinesReport
{
    public static IReadOnlyList<ReportColumn> Columns { get; } =
    [
        new("Primary Identifier", "varchar"), new("Fine Fee Type", "varchar"), new("Fine Fee Status", "varchar"),
        new("Original Amount", "double"), new("Remaining Amount", "double"),
    ];

    public static IEnumerable<string?[]> Rows(ReportedUser user)
    {
        return user.State.Fees.Select(fee => new string?[]
        {
            user.Id,
            Labels.Of(fee.Type),
            Labels.Of(fee.Status),
            fee.OriginalAmount.ToString("0.00", CultureInfo.InvariantCulture),
            fee.Balance.ToString("0.00", CultureInfo.InvariantCulture),
        });
    }
}
