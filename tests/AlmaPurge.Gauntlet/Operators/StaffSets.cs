using System.Text;
using System.Text.Json.Nodes;
using AlmaPurge.Gauntlet.World;

namespace AlmaPurge.Gauntlet.Operators;

/// <summary>What other staff do to sets, past the tool.</summary>
internal sealed class StaffSets(CaseWorld world)
{
    /// <summary>Makes a set, on a day on which nothing misbehaves.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="members">Who is in it, if it is itemized.</param>
    /// <param name="query">Query of a logical set; null for an itemized one.</param>
    public async Task MakeAsync(string name, IReadOnlyList<string> members, string? query)
    {
        world.Simulator.SetFaults();
        JsonObject body = new()
        {
            ["name"] = name,
            ["type"] = Code(query is null ? "ITEMIZED" : "LOGICAL"),
            ["content"] = Code("USER"),
            ["private"] = Code("false"),
        };
        if (query is not null)
        {
            body["query"] = Code(query);
        }

        string set = await PostAsync("almaws/v1/conf/sets", body).ConfigureAwait(false);
        if (query is null)
        {
            await ChangeAsync((string)JsonNode.Parse(set)!["id"]!, "add_members", members).ConfigureAwait(false);
        }

        world.Simulator.SetFaults([.. world.Plan.Faults]);
    }

    /// <summary>Adds members to a set, or takes them out.</summary>
    /// <param name="setId">The set.</param>
    /// <param name="operation">Alma's name of it.</param>
    /// <param name="ids">Primary identifiers.</param>
    /// <exception cref="HttpRequestException">The library misbehaves.</exception>
    public Task ChangeAsync(string setId, string operation, IEnumerable<string> ids)
    {
        JsonArray members = [.. ids.Select(id => new JsonObject { ["id"] = id })];
        return PostAsync(
            $"almaws/v1/conf/sets/{setId}?op={operation}", new JsonObject { ["members"] = new JsonObject { ["member"] = members } });
    }

    private static JsonObject Code(string value) => new() { ["value"] = value };

    private async Task<string> PostAsync(string path, JsonObject json)
    {
        using HttpClient http = new(world.Simulator.CreateHandler((_, _) => Task.CompletedTask)) { BaseAddress = world.Simulator.BaseAddress };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "apikey " + world.Simulator.ApiKey);
        http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "application/json");
        using StringContent body = new(json.ToJsonString(), Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await http.PostAsync(new Uri(path, UriKind.Relative), body).ConfigureAwait(false);
        return await answer.Content.ReadAsStringAsync().ConfigureAwait(false);
    }
}
