using System.Text;
using AlmaPurge.Core.Steps.Subtract;
using AlmaPurge.Core.Tables;
using AlmaPurge.Simulator;

namespace AlmaPurge.Rehearsal;

/// <summary>Gives patrons that were made from rows the fees that one's own export of fines has for them.</summary>
internal static class FeeRows
{
    // Where nothing can be understood of the amount, whoever is listed owes something.
    private const decimal Something = 1m;

    /// <summary>Adds the fees.</summary>
    /// <returns>How many.</returns>
    public static int AddFrom(
        string path, TableOptions options, AlmaSimulator simulator, IReadOnlySet<string> patrons, CancellationToken stop)
    {
        int count = 0;
        using TableCursor cursor = TableSource.Open(path, options).Read();
        while (cursor.Read())
        {
            stop.ThrowIfCancellationRequested();
            string id = Encoding.UTF8.GetString(cursor.ValueOf(KnownColumn.PrimaryId));
            if (patrons.Contains(id) && simulator.FindUser(id) is { IsDeleted: false })
            {
                decimal balance = Amount(cursor, KnownColumn.RemainingAmount) ?? Something;
                simulator.AddFee(
                    id,
                    Text(cursor, KnownColumn.FeeType, "OTHER"),
                    Text(cursor, KnownColumn.FeeStatus, "ACTIVE"),
                    Amount(cursor, KnownColumn.OriginalAmount) ?? balance,
                    balance);
                count++;
            }
        }

        return count;
    }

    private static decimal? Amount(TableCursor cursor, KnownColumn column) =>
        FeeAmount.Parse(cursor.ValueOf(column), cursor.KindOf(column));

    private static string Text(TableCursor cursor, KnownColumn column, string otherwise) =>
        cursor.TextOf(column) is { Length: > 0 } text ? text : otherwise;
}
