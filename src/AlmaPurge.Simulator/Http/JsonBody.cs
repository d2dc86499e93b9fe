using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Http;

/// <summary>Reads bodies as tolerantly as Alma does: a code is an object with a value, or the bare value.</summary>
internal static class JsonBody
{
    public static JObject Parse(string json)
    {
        // Dates stay text: Json.NET would otherwise turn "2024-06-30Z" into an instant of its own making.
        using JsonTextReader reader = new(new StringReader(json)) { DateParseHandling = DateParseHandling.None };
        return JObject.Load(reader);
    }

    public static string? Text(JToken? token)
    {
        JToken? value = token is JObject coded ? coded["value"] : token;
        return value is null || value.Type == JTokenType.Null
            ? null
            : value is JValue plain ? Convert.ToString(plain.Value, CultureInfo.InvariantCulture) : value.ToString();
    }

    public static string? Text(JObject body, string name)
    {
        return Text(body[name]);
    }

    /// <summary>The elements of a list, whether it came as an array, as one object or not at all.</summary>
    public static IEnumerable<JObject> Items(JToken? token)
    {
        return token switch
        {
            JArray array => array.OfType<JObject>(),
            JObject single => [single],
            _ => [],
        };
    }

    public static JObject Code(string value, string? description = null)
    {
        JObject coded = new() { ["value"] = value };
        if (description is not null)
        {
            coded["desc"] = description;
        }

        return coded;
    }

    public static DateOnly? Date(JObject body, string name)
    {
        string? text = Text(body, name);
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return ParseDay(text.Length > 10 ? text[..10] : text)
            ?? throw new ApiErrorException("401676", $"No valid XML or JSON was given: {name} '{text}' is not a date.");
    }

    public static DateOnly? ParseDay(string text)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", invariant, DateTimeStyles.None, out DateOnly date)
            ? date
            : null;
    }

    public static string Day(DateOnly date)
    {
        return date.ToString("yyyy-MM-dd'Z'", CultureInfo.InvariantCulture);
    }

    public static string Instant(DateTimeOffset time)
    {
        return time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }
}
