using System.Text;

namespace AlmaPurge.Simulator.Host.Control;

/// <summary>The two Analytics reports that a purge starts from, as files to download.</summary>
internal static class ReportEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("reports/users.csv", (HttpRequest request, AlmaSimulator simulator) =>
            Csv("users.csv", writer => simulator.ExportUsers(writer, ControlQuery.UserGroup(request, simulator))));
        group.MapGet("reports/fines.csv", (HttpRequest request, AlmaSimulator simulator) =>
            Csv("fines.csv", writer => simulator.ExportFines(writer, ControlQuery.UserGroup(request, simulator))));
    }

    private static IResult Csv(string name, Action<TextWriter> write)
    {
        // With a byte order mark, as Analytics exports have one.
        MemoryStream content = new();
        using (StreamWriter writer = new(content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        {
            write(writer);
        }

        content.Position = 0;
        return TypedResults.Stream(content, "text/csv; charset=utf-8", name);
    }
}
