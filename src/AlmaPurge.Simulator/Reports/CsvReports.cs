namespace AlmaPurge.Simulator.Reports;

/// <summary>The two Analytics reports that a purge starts from, as CSV.</summary>
internal static class CsvReports
{
    public static void WriteUsers(
        TextWriter writer, IEnumerable<SimulatedUser> users, Func<string, string> groupName, DateOnly today)
    {
        Head(writer, UserReport.Columns);
        foreach (SimulatedUser user in users)
        {
            Line(writer, UserReport.Row(ReportedUser.Of(user), groupName, today));
        }
    }

    public static void WriteFines(TextWriter writer, IEnumerable<SimulatedUser> users)
    {
        Head(writer, FinesReport.Columns);
        foreach (string?[] row in users.SelectMany(u => FinesReport.Rows(ReportedUser.Of(u))))
        {
            Line(writer, row);
        }
    }

    private static void Head(TextWriter writer, IEnumerable<ReportColumn> columns)
    {
        Line(writer, columns.Select(c => c.Heading));
    }

    private static void Line(TextWriter writer, IEnumerable<string?> fields)
    {
        writer.Write(string.Join(',', fields.Select(Quoted)));
        writer.Write("\r\n");
    }

    private static string Quoted(string? field)
    {
        return field.AsSpan().IndexOfAny(",\"\r\n") < 0
            ? field ?? ""
            : "\"" + field!.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
