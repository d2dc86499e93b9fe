using AlmaPurge.Simulator.Http;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>
/// The fields of a user that the simulator only carries: what each holds when nothing was ever written to it, and
/// which of them a PUT leaves alone on an external account (documented in the description of PUT /users/{id}).
/// </summary>
internal static class UserFields
{
    private static readonly Dictionary<string, Field> s_fields = new(StringComparer.Ordinal)
    {
        ["user_title"] = new("", "", IsCoded: true, IsProtected: true),
        ["job_category"] = new("", "", IsCoded: true, IsProtected: true),
        ["job_description"] = new("", "", IsCoded: false, IsProtected: false),
        ["gender"] = new("", "", IsCoded: true, IsProtected: false),
        ["campus_code"] = new("", "", IsCoded: true, IsProtected: true),
        ["web_site_url"] = new("", "", IsCoded: false, IsProtected: false),
        ["cataloger_level"] = new("00", "[00] Default Level (00)", IsCoded: true, IsProtected: true),
        ["preferred_language"] = new("en", "English", IsCoded: true, IsProtected: true),
        ["pref_first_name"] = new("", "", IsCoded: false, IsProtected: true),
        ["pref_middle_name"] = new("", "", IsCoded: false, IsProtected: true),
        ["pref_last_name"] = new("", "", IsCoded: false, IsProtected: true),
        ["pref_name_suffix"] = new("", "", IsCoded: false, IsProtected: false),
    };

    public static void Write(JsonTextWriter json, SimulatedUserSpec state, string name)
    {
        Field field = s_fields[name];
        string value = state.OtherFields?.GetValueOrDefault(name) ?? field.Value;
        if (field.IsCoded)
        {
            UserJson.Coded(json, name, value, value == field.Value ? field.Description : value);
        }
        else
        {
            UserJson.Field(json, name, value);
        }
    }

    public static string Value(SimulatedUserSpec state, string name)
    {
        return state.OtherFields?.GetValueOrDefault(name) ?? s_fields[name].Value;
    }

    /// <summary>What a PUT makes of them: all swapped, but for the protected ones of an external account.</summary>
    public static Dictionary<string, string>? Replace(
        SimulatedUserSpec old, JObject body, bool external, HashSet<string> overridden)
    {
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        foreach ((string name, Field field) in s_fields)
        {
            string? given = JsonBody.Text(body, name);
            bool stays = external && field.IsProtected && !overridden.Contains(name)
                && (string.IsNullOrEmpty(given) || old.ManualFields.Contains(name));
            string value = stays ? Value(old, name) : given ?? field.Value;
            if (value != field.Value)
            {
                fields[name] = value;
            }
        }

        return fields.Count > 0 ? fields : null;
    }

    private sealed record Field(string Value, string Description, bool IsCoded, bool IsProtected);
}
