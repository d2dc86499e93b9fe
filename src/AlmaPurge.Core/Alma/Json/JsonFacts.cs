using System.Globalization;
using AlmaPurge.Core.Rules;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Alma;

/// <summary>
/// Reads single values out of Alma's answers. Missing, null, empty and {} are "absent"; whatever is there but is not
/// what the field should hold is "unreadable", never a default.
/// </summary>
internal static class JsonFacts
{
    private const int LongestQuote = 40;

    /// <summary>A text or the code of a coded value: <c>"X"</c> or <c>{"value":"X","desc":"…"}</c>.</summary>
    public static Fact<string> Text(JToken? token)
    {
        JToken? scalar = Unwrap(token, "value");
        if (IsMissing(scalar))
        {
            return Fact<string>.Absent;
        }

        string? text = ScalarText(scalar);
        if (text is null)
        {
            return Fact<string>.Unreadable(Describe(scalar));
        }

        return string.IsNullOrWhiteSpace(text) ? Fact<string>.Absent : Fact<string>.Known(text.Trim());
    }

    /// <summary>The text for people of a coded value.</summary>
    public static Fact<string> Description(JToken? token) =>
        token is JObject ? Text(Unwrap(token, "desc")) : Fact<string>.Absent;

    /// <summary>A whole number of things, as number or text, bare or in a node with a link.</summary>
    public static Fact<int> Count(JToken? token)
    {
        Fact<decimal> amount = Amount(token);
        if (!amount.IsKnown)
        {
            return amount.IsUnreadable ? Fact<int>.Unreadable(amount.Text!) : Fact<int>.Absent;
        }

        bool isCount = amount.Value is >= 0 and <= int.MaxValue && decimal.Truncate(amount.Value) == amount.Value;
        return isCount
            ? Fact<int>.Known((int)amount.Value)
            : Fact<int>.Unreadable(amount.Value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>An amount, as number or text. A decimal comma is not guessed at.</summary>
    public static Fact<decimal> Amount(JToken? token)
    {
        JToken? scalar = Unwrap(token, "value");
        if (IsMissing(scalar))
        {
            return Fact<decimal>.Absent;
        }

        if (scalar!.Type is not (JTokenType.String or JTokenType.Integer or JTokenType.Float))
        {
            return Fact<decimal>.Unreadable(Describe(scalar));
        }

        const NumberStyles Styles =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint
            | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
        string text = ScalarText(scalar)!;
        return decimal.TryParse(text, Styles, CultureInfo.InvariantCulture, out decimal amount)
            ? Fact<decimal>.Known(amount)
            : Fact<decimal>.Unreadable(Describe(scalar));
    }

    /// <summary>True or false, as such or as text.</summary>
    public static Fact<bool> Flag(JToken? token)
    {
        JToken? scalar = Unwrap(token, "value");
        if (IsMissing(scalar))
        {
            return Fact<bool>.Absent;
        }

        string? text = ScalarText(scalar);
        return bool.TryParse(text, out bool flag) ? Fact<bool>.Known(flag) : Fact<bool>.Unreadable(Describe(scalar));
    }

    /// <summary>
    /// The objects of a list. One may come without its array; an empty list may come as nothing at all (absent).
    /// </summary>
    public static Fact<IReadOnlyList<JObject>> Items(JToken? token)
    {
        if (IsMissing(token))
        {
            return Fact<IReadOnlyList<JObject>>.Absent;
        }

        if (token is JObject single)
        {
            return Fact<IReadOnlyList<JObject>>.Known([single]);
        }

        if (token is JArray array && array.All(item => item is JObject))
        {
            return Fact<IReadOnlyList<JObject>>.Known(array.Cast<JObject>().ToArray());
        }

        return Fact<IReadOnlyList<JObject>>.Unreadable(token is JArray ? "a list with odd elements" : Describe(token));
    }

    /// <summary>What a token looks like, for a message: short, and never the inside of an object.</summary>
    public static string Describe(JToken? token)
    {
        string? text = ScalarText(token);
        if (text is null)
        {
            return token is JArray ? "a list" : "an object";
        }

        return text.Length <= LongestQuote ? text : text[..LongestQuote] + "…";
    }

    /// <summary>The value inside a coded node; the token itself where it is not one.</summary>
    internal static JToken? Unwrap(JToken? token, string name) => token is JObject node ? node[name] : token;

    internal static bool IsMissing(JToken? token) => token is null
        || token.Type is JTokenType.Null or JTokenType.Undefined
        || (token.Type == JTokenType.String && string.IsNullOrWhiteSpace((string?)token))
        || token is JObject { HasValues: false };

    internal static string? ScalarText(JToken? token) =>
        token is JValue { Value: not null } value ? Convert.ToString(value.Value, CultureInfo.InvariantCulture) : null;
}
