using AlmaPurge.Core.Rules;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Alma;

/// <content>Configuration and permissions.</content>
public sealed partial class AlmaClient
{
    /// <inheritdoc/>
    public async Task<AlmaGeneralConfiguration> GetGeneralConfigurationAsync(CancellationToken cancellationToken)
    {
        AlmaRequest request = AlmaRequest.Get(AlmaAddress.Path("conf", "general"));
        AlmaAnswer answer = await _transport.GetAsync(request, cancellationToken).ConfigureAwait(false);
        JToken? institution = answer.Json["institution"];
        Fact<string> code = JsonFacts.Text(institution);
        if (!code.IsKnown)
        {
            // The identity of the institution is what later steps compare: without it nothing may go on.
            throw _transport.Unexpected(request, "a configuration without the institution's code");
        }

        Fact<string> name = JsonFacts.Description(institution);
        Fact<string> environment = JsonFacts.Text(answer.Json["environment_type"]);
        string text = environment.IsKnown ? environment.Value : environment.Text ?? string.Empty;
        return new AlmaGeneralConfiguration(
            code.Value,
            name.IsKnown ? name.Value : code.Value,
            EnvironmentOf(text),
            text);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AlmaCodeTableRow>> GetCodeTableAsync(
        string name,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<JObject> rows = await TableAsync("code-tables", name, cancellationToken).ConfigureAwait(false);
        return rows
            .Select(row => (Code: JsonFacts.Text(row["code"]), Row: row))
            .Where(pair => pair.Code.IsKnown)
            .Select(pair => new AlmaCodeTableRow(
                pair.Code.Value,
                JsonFacts.Text(pair.Row["description"]) is { IsKnown: true } text ? text.Value : pair.Code.Value,
                IsEnabled(pair.Row)))
            .ToArray();
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AlmaMappingTableRow>> GetMappingTableAsync(
        string name,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<JObject> rows = await TableAsync("mapping-tables", name, cancellationToken).ConfigureAwait(false);
        return rows.Select(row => new AlmaMappingTableRow(Columns(row), IsEnabled(row))).ToArray();
    }

    /// <inheritdoc/>
    public async Task TestAsync(AlmaArea area, CancellationToken cancellationToken)
    {
        string path = area switch
        {
            AlmaArea.Users => AlmaAddress.Path("users", "operation", "test"),
            AlmaArea.Configuration => AlmaAddress.Path("conf", "test"),
            AlmaArea.Analytics => AlmaAddress.Path("analytics", "test"),
            _ => throw new ArgumentOutOfRangeException(nameof(area), area, "Not an area."),
        };

        // What these answer is not documented beyond the status.
        AlmaRequest request = AlmaRequest.Get(path) with { NeedsBody = false };
        await _transport.GetAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static AlmaEnvironment EnvironmentOf(string text) => text switch
    {
        _ when text.Contains("sandbox", StringComparison.OrdinalIgnoreCase) => AlmaEnvironment.Sandbox,
        _ when text.Contains("production", StringComparison.OrdinalIgnoreCase) => AlmaEnvironment.Production,
        _ => AlmaEnvironment.Unknown,
    };

    private static bool IsEnabled(JObject row) =>
        JsonFacts.Flag(row["enabled"]) is not { IsKnown: true, Value: false };

    private static Dictionary<string, string> Columns(JObject row)
    {
        Dictionary<string, string> columns = new(StringComparer.OrdinalIgnoreCase);
        foreach (JProperty property in row.Properties())
        {
            if (JsonFacts.Text(property.Value) is { IsKnown: true } text)
            {
                columns[property.Name] = text.Value;
            }
        }

        return columns;
    }

    private async Task<IReadOnlyList<JObject>> TableAsync(
        string kind,
        string name,
        CancellationToken cancellationToken)
    {
        AlmaRequest request = AlmaRequest.Get(AlmaAddress.Path("conf", kind, name));
        AlmaAnswer answer = await _transport.GetAsync(request, cancellationToken).ConfigureAwait(false);
        JToken? list = answer.Json["row"] ?? (answer.Json["rows"] as JObject)?["row"];
        Fact<IReadOnlyList<JObject>> rows = JsonFacts.Items(list);
        return rows.State switch
        {
            FactState.Known => rows.Value,
            FactState.Absent => [],
            _ => throw _transport.Unexpected(request, $"'row' holds {rows.Text}"),
        };
    }
}
