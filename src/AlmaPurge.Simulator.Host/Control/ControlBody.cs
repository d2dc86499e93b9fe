using System.Text.Json;

namespace AlmaPurge.Simulator.Host.Control;

/// <summary>Reads the JSON object of a control request, whatever media type it was sent as.</summary>
internal sealed class ControlBody
{
    private readonly JsonElement _root;
    private readonly string _example;

    private ControlBody(JsonElement root, string example)
    {
        _root = root;
        _example = example;
    }

    /// <param name="request">The request.</param>
    /// <param name="example">A body that would do, for messages.</param>
    /// <param name="known">The members there may be; a mistyped one must not be passed over.</param>
    public static async Task<ControlBody> ReadAsync(HttpRequest request, string example, params string[] known)
    {
        using StreamReader reader = new(request.Body);
        string text = await reader.ReadToEndAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
        try
        {
            using JsonDocument document = JsonDocument.Parse(string.IsNullOrWhiteSpace(text) ? "{}" : text);
            JsonElement root = document.RootElement.Clone();
            if (root.ValueKind == JsonValueKind.Object)
            {
                string? odd = root.EnumerateObject().Select(m => m.Name).FirstOrDefault(name => !known.Contains(name));
                return odd is null
                    ? new ControlBody(root, example)
                    : throw new ControlException($"'{odd}' is not known here.", $"Send JSON such as {example}.");
            }
        }
        catch (JsonException)
        {
            // Told below, in one way for everything that is no object.
        }

        throw new ControlException("The body is no JSON object.", $"Send JSON such as {example}.");
    }

    public bool Has(string name) => _root.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    public string? Text(string name) => Read(name, JsonValueKind.String, e => e.GetString(), "a text");

    public bool Flag(string name)
    {
        return Read(name, null, e => e.ValueKind is JsonValueKind.True or JsonValueKind.False ? e.GetBoolean() : (bool?)null, "true or false") ?? false;
    }

    public int? Number(string name) =>
        Read(name, JsonValueKind.Number, e => e.TryGetInt32(out int number) ? number : (int?)null, "a whole number");

    public decimal? Amount(string name) =>
        Read(name, JsonValueKind.Number, e => e.TryGetDecimal(out decimal amount) ? amount : (decimal?)null, "an amount");

    public IReadOnlyList<string>? Texts(string name)
    {
        return Read(name, JsonValueKind.Array, e => e.EnumerateArray().All(i => i.ValueKind == JsonValueKind.String)
            ? e.EnumerateArray().Select(i => i.GetString()!).ToArray()
            : null, "a list of texts");
    }

    public ControlException Wrong(string name, string wanted) =>
        new($"'{name}' must be {wanted}.", $"Send JSON such as {_example}.");

    private T? Read<T>(string name, JsonValueKind? kind, Func<JsonElement, T?> read, string wanted)
    {
        if (!Has(name))
        {
            return default;
        }

        JsonElement value = _root.GetProperty(name);
        T? result = kind is null || value.ValueKind == kind ? read(value) : default;
        return result is null ? throw Wrong(name, wanted) : result;
    }
}
