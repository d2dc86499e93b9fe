using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Runs;

/// <summary>Where primary identifiers stand in the data of a journal line: in <c>id</c> and <c>ids</c>, and a hash of them in <c>sha256</c>.</summary>
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

        // The hash of a file of identifiers.
        if (result["sha256"] is JValue hash)
        {
            result["sha256"] = translate((string)hash!);
        }

        if (result["ids"] is JArray ids)
        {
            result["ids"] = new JArray(ids.Select(i => translate((string)i!)));
        }

        return result;
    }
}
