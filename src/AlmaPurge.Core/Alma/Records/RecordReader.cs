using System.Globalization;
using AlmaPurge.Core.Rules;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Alma;

/// <summary>Reads sets and jobs. Their id is what matters: without one the row is null.</summary>
internal static class RecordReader
{
    public static string? Id(JObject row) => JsonFacts.Text(row["id"]) is { IsKnown: true } id ? id.Value : null;

    public static AlmaSetRecord? Set(JObject row) => Id(row) is not string id
        ? null
        : new AlmaSetRecord(
            id,
            Text(row["name"]),
            Text(row["description"]),
            Text(row["content"]),
            Text(row["type"]),
            Text(row["status"]),
            JsonFacts.Count(row["number_of_members"]) is { IsKnown: true } count ? count.Value : null,
            JsonDates.Instant(row["created_date"]));

    public static AlmaJobRecord? Job(JObject row) => Id(row) is not string id
        ? null
        : new AlmaJobRecord(
            id,
            Text(row["name"]),
            Text(row["type"]),
            Text(row["category"]),
            Text(row["content"]),
            Text(row["description"]));

    public static IReadOnlyList<JobParameter> Parameters(JObject job)
    {
        Fact<IReadOnlyList<JObject>> items = JsonFacts.Items(job["parameter"]);
        return !items.IsKnown
            ? []
            : items.Value
                .Select(item => new JobParameter(Text(item["name"]), Text(item["value"])))
                .Where(parameter => parameter.Name.Length > 0)
                .ToArray();
    }

    public static AlmaJobInstanceRecord? Instance(JObject row) => Id(row) is not string id
        ? null
        : new AlmaJobInstanceRecord(
            id,
            row["job_info"] is JObject info ? Id(info) : null,
            Text(row["name"]),
            Text(row["status"]),
            JsonFacts.Count(row["progress"]) is { IsKnown: true } progress ? progress.Value : null,
            JsonDates.Instant(row["submit_time"]),
            JsonDates.Instant(row["start_time"]),
            JsonDates.Instant(row["end_time"]),
            List(row["counter"]).Select(Counter).ToArray(),
            List(row["alert"]).Select(Words).ToArray());

    /// <summary>The id at the end of a link. Only the id is used: links are never followed.</summary>
    public static string? LastSegment(JToken? link)
    {
        Fact<string> text = JsonFacts.Text(link);
        if (!text.IsKnown)
        {
            return null;
        }

        string path = text.Value.Split('?', '#')[0].TrimEnd('/');
        string last = Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
        return last.Length > 0 && last.All(char.IsAsciiLetterOrDigit) ? last : null;
    }

    public static string Text(JToken? token)
    {
        Fact<string> text = JsonFacts.Text(token);
        return text.IsKnown ? text.Value : string.Empty;
    }

    private static IReadOnlyList<JObject> List(JToken? token) =>
        JsonFacts.Items(token) is { IsKnown: true } items ? items.Value : [];

    private static AlmaJobCounter Counter(JObject counter)
    {
        string text = Text(counter["value"]);
        bool isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number);
        return new AlmaJobCounter(
            Text(counter["type"]),
            JsonFacts.Description(counter["type"]) is { IsKnown: true } description ? description.Value : string.Empty,
            text,
            isNumber ? number : null);
    }

    private static string Words(JObject alert) =>
        JsonFacts.Description(alert) is { IsKnown: true } words ? words.Value : Text(alert);
}
