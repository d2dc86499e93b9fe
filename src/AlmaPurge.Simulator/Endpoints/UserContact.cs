using System.Globalization;
using Newtonsoft.Json;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>
/// Made-up addresses, e-mails and phones: they are in each answer as in life, so that tests can see whether they leak.
/// </summary>
internal static class UserContact
{
    public static void Write(JsonTextWriter json, SimulatedUser user)
    {
        string number = user.Number.ToString(CultureInfo.InvariantCulture);
        json.WriteStartObject();
        WriteAddress(json, number);
        WriteEntry(json, "email", "email_address", "patron" + number + "@mail.example.invalid", "personal", "Personal");
        WriteEntry(json, "phone", "phone_number", "555-01" + number.PadLeft(5, '0'), "mobile", "Mobile");
        json.WriteEndObject();
    }

    private static void WriteAddress(JsonTextWriter json, string number)
    {
        json.WritePropertyName("address");
        json.WriteStartArray();
        json.WriteStartObject();
        json.WritePropertyName("preferred");
        json.WriteValue(true);
        UserJson.Field(json, "segment_type", "External");
        UserJson.Field(json, "line1", number + " Imaginary Street");
        UserJson.Field(json, "city", "Nowhere");
        UserJson.Field(json, "postal_code", "00000");
        UserJson.Coded(json, "country", "", "");
        Types(json, "address_type", "home", "Home");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteEntry(
        JsonTextWriter json, string list, string field, string value, string type, string description)
    {
        json.WritePropertyName(list);
        json.WriteStartArray();
        json.WriteStartObject();
        json.WritePropertyName("preferred");
        json.WriteValue(true);
        UserJson.Field(json, "segment_type", "External");
        UserJson.Field(json, field, value);
        Types(json, list + "_type", type, description);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Types(JsonTextWriter json, string name, string value, string description)
    {
        json.WritePropertyName(name);
        json.WriteStartArray();
        json.WriteStartObject();
        UserJson.Field(json, "value", value);
        UserJson.Field(json, "desc", description);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
