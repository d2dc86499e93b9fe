using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>Writes a set as Alma does.</summary>
internal static class SetJson
{
    /// <summary>Who makes all sets that the API makes (seen).</summary>
    public const string Creator = "exl_api";

    public static JObject Write(Library library, SimulatedSet set)
    {
        JObject body = Summary(library, set);
        body["note"] = set.Note;
        if (set.IsLogical)
        {
            body["query"] = JsonBody.Code(set.Query);
        }

        body["status_date"] = JsonBody.Instant(set.Changed);
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
            ["type"] = JsonBody.Code(set.Type, Labels.Of(set.Type)),
            ["content"] = JsonBody.Code(set.Content, ContentLabel(set.Content)),
            ["status"] = JsonBody.Code(set.Status, Labels.Of(set.Status)),
            ["origin"] = JsonBody.Code("UI", "Institution only"),
            ["private"] = set.IsPrivate ? JsonBody.Code("true", "Yes") : JsonBody.Code("false", "No"),
            ["created_by"] = JsonBody.Code(Creator, "Ex Libris, API"),
            ["created_date"] = JsonBody.Instant(set.Created),
            ["link"] = library.Link($"conf/sets/{set.Id}"),
        };
    }

    private static string ContentLabel(string content)
    {
        return SetContents.All.First(c => c.Code == content).Description;
    }
}
