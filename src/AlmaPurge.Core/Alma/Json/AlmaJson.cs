using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Alma;

/// <summary>
/// Parses JSON strictly and without interpretation: dates stay text (Newtonsoft would turn "2030-01-16Z" into a local
/// time), decimals keep their digits, a name twice in one object or anything after the end is an error.
/// </summary>
internal static class AlmaJson
{
    private static readonly JsonLoadSettings s_settings = new()
    {
        CommentHandling = CommentHandling.Ignore,
        DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error,
        LineInfoHandling = LineInfoHandling.Ignore,
    };

    /// <summary>Parses a whole document.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public static JToken Parse(string text)
    {
        using StringReader source = new(text);
        using JsonTextReader reader = new(source)
        {
            DateParseHandling = DateParseHandling.None,
            FloatParseHandling = FloatParseHandling.Decimal,
            MaxDepth = 64,
        };
        JToken token = JToken.ReadFrom(reader, s_settings);
        while (reader.Read())
        {
            if (reader.TokenType != JsonToken.Comment)
            {
                throw new JsonReaderException("There is more after the end of the document.");
            }
        }

        return token;
    }
}
