using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Runs;

/// <summary>Where primary identifiers stand in the data of a journal line: in <c>id</c> and <c>ids</c>, and nowhere else.</summary>
internal static class JournalIds
{
    /// <summary>The same data with each identifier translated.</summary>
    public static JObject Translate(JObject data, Func<string, string> translate)
    {
        JObject result = (JObject)data.DeepClone();
        if (result["id"] is JValue id)
        {
            result["id"] = translate((string)id!);
        }

        if (result["ids"] is JArray ids)
        {
            result["ids"] = new JArray(ids.Select(i => translate((string)i!)));
        }

        return result;
    }
}
