using Newtonsoft.Json;
using Newtonsoft.Json.Converters;

namespace AlmaPurge.Core.Runs;

/// <summary>How run.json and journal.jsonl are written: camelCase, enumerations by name, dates as they stand.</summary>
internal static class RunJson
{
    private static readonly JsonSerializerSettings s_settings = new()
    {
        ContractResolver = new Newtonsoft.Json.Serialization.CamelCasePropertyNamesContractResolver(),
        Converters = { new StringEnumConverter(), new NameSetConverter() },
        DateParseHandling = DateParseHandling.None,
        NullValueHandling = NullValueHandling.Ignore,
        Culture = System.Globalization.CultureInfo.InvariantCulture,
    };

    public static string Serialize(object value, Formatting formatting = Formatting.None) =>
        JsonConvert.SerializeObject(value, formatting, s_settings);

    public static T Deserialize<T>(string json)
        where T : class =>
        JsonConvert.DeserializeObject<T>(json, s_settings)
        ?? throw new JsonSerializationException("The text holds no object.");

    private sealed class NameSetConverter : JsonConverter<IReadOnlySet<string>>
    {
        public override void WriteJson(JsonWriter writer, IReadOnlySet<string>? value, JsonSerializer serializer) =>
            serializer.Serialize(writer, value?.Order(StringComparer.Ordinal).ToArray());

        public override IReadOnlySet<string> ReadJson(
            JsonReader reader,
            Type objectType,
            IReadOnlySet<string>? existingValue,
            bool hasExistingValue,
            JsonSerializer serializer) =>
            PurgeCriteria.Names(serializer.Deserialize<string[]>(reader));
    }
}
