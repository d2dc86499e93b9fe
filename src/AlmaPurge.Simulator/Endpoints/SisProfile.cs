using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>
/// The integration profile of the student information system: what a purge must know of it is whether Synchronize and
/// Import are active, what it does with users who are not in the file, and when it runs.
/// <para>
/// AN ASSUMPTION, and this file is its one home. That there are such profiles and settings is documented; how the JSON
/// names them is not. Here the settings are parameters of the profile, by the words that staff read.
/// </para>
/// </summary>
internal static class SisProfile
{
    public const string Id = "9563000000000001";

    public const string Code = "SIS";

    public const string Type = "USERS";

    public const string Name = "Student information system";

    private static readonly (string Name, string Value)[] s_settings =
    [
        ("SYNCHRONIZE_ACTIVE", "true"),
        ("SYNCHRONIZE_SCHEDULE", "Every day at 01:00"),
        ("SYNCHRONIZE_UNMATCHED_RECORDS_ACTION", "DO_NOTHING"),
        ("IMPORT_ACTIVE", "false"),
        ("IMPORT_SCHEDULE", ""),
    ];

    public static JObject Summary(string link)
    {
        return new JObject
        {
            ["id"] = Id,
            ["code"] = Code,
            ["name"] = Name,
            ["type"] = JsonBody.Code(Type, "Users"),
            ["system"] = JsonBody.Code("SIS", Name),
            ["created_by"] = "staff",
            ["link"] = link,
        };
    }

    public static JObject Full(string link)
    {
        JObject profile = Summary(link);
        profile["parameter"] = new JArray(s_settings.Select(
            s => new JObject { ["name"] = JsonBody.Code(s.Name), ["value"] = s.Value }));
        return profile;
    }
}
