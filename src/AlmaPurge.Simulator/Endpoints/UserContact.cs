using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

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
        WriteEntry(json, "email", "email_address", Email(number), "personal", "Personal");
        WriteEntry(json, "phone", "phone_number", Phone(number), "mobile", "Mobile");
        json.WriteEndObject();
    }

    /// <summary>What view=brief shows: the e-mails alone.</summary>
    public static void WriteBrief(JsonTextWriter json, SimulatedUser user)
    {
        json.WritePropertyName("contact_info");
        json.WriteStartObject();
        if (user.State.Carried is JObject carried)
        {
            json.WritePropertyName("email");
            (carried["contact_info"]?["email"] ?? new JArray()).WriteTo(json);
        }
        else
        {
            string number = user.Number.ToString(CultureInfo.InvariantCulture);
            WriteEntry(json, "email", "email_address", Email(number), "personal", "Personal");
        }

        json.WriteEndObject();
    }

    /// <summary>The words that a search by e-mail or phone number looks at.</summary>
    public static string Search(SimulatedUser user, string field)
    {
        string list = field == "email" ? "email" : "phone";
        string name = field == "email" ? "email_address" : "phone_number";
        if (user.State.Carried?["contact_info"]?[list] is JArray carried)
        {
            return string.Join(' ', carried.OfType<JObject>().Select(e => (string?)e[name]));
        }

        string number = user.Number.ToString(CultureInfo.InvariantCulture);
        return list == "email" ? Email(number) : Phone(number);
    }

    private static string Email(string number)
    {
        return "patron" + number + "@mail.example.invalid";
    }

    private static string Phone(string number)
    {
        return "555-01" + number.PadLeft(5, '0');
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
