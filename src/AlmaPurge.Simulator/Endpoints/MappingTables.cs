using System.Globalization;
using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>
/// GET and PUT /conf/mapping-tables: the one table here says which user groups a record type may have. That it cannot
/// be changed is an assumption.
/// </summary>
internal sealed class MappingTables
{
    private const string RecordTypeUserGroup = "UserRecordTypeUserGroup";

    private readonly Library _library;

    public MappingTables(Library library)
    {
        _library = library;
    }

    public ApiAnswer? Serve(ApiRequest request)
    {
        return (request.Method, request.Segments) switch
        {
            ("GET", ["conf", "mapping-tables"]) => ApiAnswer.Of("mapping_tables", new JObject
            {
                ["mapping_table"] = new JArray(new JObject
                {
                    ["name"] = RecordTypeUserGroup,
                    ["link"] = _library.Link("conf/mapping-tables/" + RecordTypeUserGroup),
                }),
            }),
            ("GET", ["conf", "mapping-tables", string name]) => Get(request, name),
            ("PUT", ["conf", "mapping-tables", string name]) => throw (name == RecordTypeUserGroup
                ? new ApiErrorException("90125", $"Requested table is not customizable: {name}.")
                : new ApiErrorException("90101", $"Table does not exist: {name}.")),
            _ => null,
        };
    }

    private ApiAnswer Get(ApiRequest request, string name)
    {
        CodeTables.CheckScope(_library, request);
        if (name != RecordTypeUserGroup)
        {
            throw new ApiErrorException("402119", $"General error: there is no mapping table '{name}'.");
        }

        int number = 0;
        IEnumerable<JObject> rows = _library.Groups.SelectMany(g => g.RecordTypes.Select(type => new JObject
        {
            ["enabled"] = true,
            ["column0"] = type,
            ["column1"] = g.Code,
            ["row_number"] = (++number).ToString(CultureInfo.InvariantCulture),
        }));
        return ApiAnswer.Of("mapping_table", new JObject
        {
            ["name"] = name,
            ["description"] = "User record type / user group",
            ["row"] = new JArray(rows),
        });
    }
}
