using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>Writes a set as Alma does.</summary>
internal static class SetJson
{
    public static JObject Write(Library library, SimulatedSet set)
    {
        JObject body = Summary(library, set);
        body["note"] = set.Note;
        body["status_date"] = JsonBody.Instant(set.Created);
        body["number_of_members"] = new JObject
        {
            ["value"] = set.Members.Count(), ["link"] = library.Link($"conf/sets/{set.Id}/members"),
        };
        return body;
    }

    public static JObject Summary(Library library, SimulatedSet set)
    {
        return new JObject
        {
            ["id"] = set.Id,
            ["name"] = set.Name,
            ["description"] = set.Description,
            ["type"] = JsonBody.Code("ITEMIZED", "Itemized"),
            ["content"] = JsonBody.Code("USER", "User"),
            ["status"] = JsonBody.Code("ACTIVE", "Active"),
            ["origin"] = JsonBody.Code("UI", "Institution only"),
            ["private"] = set.IsPrivate ? JsonBody.Code("true", "Yes") : JsonBody.Code("false", "No"),
            ["created_by"] = JsonBody.Code("exl_api", "Ex Libris, API"),
            ["created_date"] = JsonBody.Instant(set.Created),
            ["link"] = library.Link($"conf/sets/{set.Id}"),
        };
    }
}
