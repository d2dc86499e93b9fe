using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Alma;

/// <summary>Makes changed copies of whole user records.</summary>
internal static class UserRecordEditor
{
    /// <summary>Another user group.</summary>
    public static AlmaUserRecord SetGroup(AlmaUserRecord user, string code)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        // The description belongs to the old code; Alma ignores it on input (documented).
        return Change(user, json => json["user_group"] = new JObject { ["value"] = code });
    }

    /// <summary>
    /// Another date, in the form in which Alma itself gives dates; or none: then the field is left out, since a PUT
    /// replaces the whole record (documented), and what it does with an explicit null is not.
    /// </summary>
    public static AlmaUserRecord SetDate(AlmaUserRecord user, string field, DateOnly? date) => Change(user, json =>
    {
        if (date is { } day)
        {
            json[field] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "Z";
        }
        else
        {
            json.Remove(field);
        }
    });

    private static AlmaUserRecord Change(AlmaUserRecord user, Action<JObject> change)
    {
        JObject json = (JObject)AlmaJson.Parse(user.Json);
        change(json);
        bool wasExpanded = user.OpenLoans.State != Rules.FactState.NotAsked;
        return UserRecordReader.Read(json, wasExpanded, json.ToString(Formatting.None));
    }
}
