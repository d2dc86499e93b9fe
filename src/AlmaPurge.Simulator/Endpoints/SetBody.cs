using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>
/// What a client says of a set. Members in it are taken by no known Alma; they are left out without a word, as an
/// unknown field is.
/// </summary>
internal sealed record SetBody(string? Name, string? Type, string? Content, string? Query, JObject Fields)
{
    public static SetBody Of(JObject body)
    {
        return new SetBody(
            JsonBody.Text(body, "name"),
            JsonBody.Text(body, "type"),
            JsonBody.Text(body, "content"),
            JsonBody.Text(body, "query"),
            body);
    }

    public static void RequireNewName(Library library, string name, SimulatedSet? except = null)
    {
        const StringComparison AnyCase = StringComparison.OrdinalIgnoreCase;
        if (library.Sets.Values.Any(s => s != except && string.Equals(s.Name, name, AnyCase)))
        {
            throw new ApiErrorException(
                "402263", $"The set name already exists: '{name}'. Please choose a different name.");
        }
    }

    public void Fill(SimulatedSet set)
    {
        set.Description = JsonBody.Text(Fields, "description") ?? "";
        set.Note = JsonBody.Text(Fields, "note") ?? "";
        set.IsPrivate = OneOf("private", "60209", "Set private value not valid", "true", "false") != "false";
        set.Status = OneOf("status", "60210", "Set status not valid", "ACTIVE", "INACTIVE") ?? "ACTIVE";
    }

    private string? OneOf(string field, string code, string message, params string[] valid)
    {
        string? value = JsonBody.Text(Fields, field);
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        return valid.FirstOrDefault(v => string.Equals(v, value, StringComparison.OrdinalIgnoreCase))
            ?? throw new ApiErrorException(code, $"{message}: '{value}'.");
    }
}
