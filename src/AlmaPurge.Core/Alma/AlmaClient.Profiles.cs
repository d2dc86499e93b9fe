using System.Runtime.CompilerServices;
using AlmaPurge.Core.Rules;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Alma;

/// <content>Integration profiles.</content>
public sealed partial class AlmaClient
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<AlmaIntegrationProfile> GetIntegrationProfilesAsync(
        string type,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PagedReader pages = new(
            _transport,
            AlmaAddress.Path("conf", "integration-profiles"),
            "integration_profile",
            RecordReader.Id,
            ("type", type));
        await foreach (JObject row in pages.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (RecordReader.Id(row) is not string id)
            {
                continue;
            }

            // The list is a summary; the settings come with the profile itself.
            AlmaRequest request = AlmaRequest.Get(AlmaAddress.Path("conf", "integration-profiles", id));
            AlmaAnswer answer = await _transport.GetAsync(request, cancellationToken).ConfigureAwait(false);
            yield return new AlmaIntegrationProfile(id, TextOf(row["code"]), TextOf(row["name"]), Settings(answer.Json));
        }
    }

    private static string TextOf(JToken? token) => JsonFacts.Text(token) is { IsKnown: true } text ? text.Value : string.Empty;

    private static Dictionary<string, string> Settings(JObject profile)
    {
        Dictionary<string, string> settings = new(StringComparer.OrdinalIgnoreCase);
        JToken? list = profile["parameter"] ?? (profile["parameters"] as JObject)?["parameter"] ?? profile["parameter_list"];
        Fact<IReadOnlyList<JObject>> items = JsonFacts.Items(list);
        foreach (JObject item in items.IsKnown ? items.Value : [])
        {
            string name = TextOf(item["name"]);
            if (name.Length > 0)
            {
                settings[name] = TextOf(item["value"]);
            }
        }

        return settings;
    }
}
