using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>What the institution is: general settings, libraries, tables, integration profiles.</summary>
internal sealed class ConfigurationEndpoint
{
    private readonly Library _library;
    private readonly CodeTables _codeTables;
    private readonly MappingTables _mappingTables;
    private readonly Libraries _libraries;
    private readonly IntegrationProfiles _profiles;

    public ConfigurationEndpoint(Library library)
    {
        _library = library;
        _codeTables = new CodeTables(library);
        _mappingTables = new MappingTables(library);
        _libraries = new Libraries(library);
        _profiles = new IntegrationProfiles(library);
    }

    public ApiAnswer? Serve(ApiRequest request)
    {
        return request.Segments.ElementAtOrDefault(1) switch
        {
            "general" when request.Method == "GET" && request.Segments.Length == 2 => General(),
            "code-tables" => _codeTables.Serve(request),
            "mapping-tables" => _mappingTables.Serve(request),
            "libraries" => _libraries.Serve(request),
            "integration-profiles" => _profiles.Serve(request),
            _ => null,
        };
    }

    private ApiAnswer General()
    {
        SimulatorOptions options = _library.Options;
        return ApiAnswer.Of("general", new JObject
        {
            ["institution"] = JsonBody.Code(options.InstitutionCode, options.InstitutionName),
            ["environment_type"] = options.EnvironmentType,
            ["alma_url"] = _library.BaseAddress.GetLeftPart(UriPartial.Authority),
            ["non_std_timezone"] = options.TimeZone.Id,
            ["default_language"] = "en",
            ["default_currency"] = "USD",
            ["date_format"] = "MM/dd/yyyy",
        });
    }
}
