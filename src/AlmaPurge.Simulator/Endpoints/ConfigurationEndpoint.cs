using System.Globalization;
using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>What the institution is: general settings, code tables, mapping tables, integration profiles.</summary>
internal sealed class ConfigurationEndpoint
{
    private readonly Library _library;

    public ConfigurationEndpoint(Library library)
    {
        _library = library;
    }

    public ApiAnswer? Serve(ApiRequest request)
    {
        return (request.Method, request.Segments) switch
        {
            ("GET", ["conf", "general"]) => General(),
            ("GET", ["conf", "code-tables", string name]) => CodeTable(name),
            ("PUT", ["conf", "code-tables", string name]) => throw new ApiErrorException(
                "90123", $"The table {name} is not customizable."),
            ("GET", ["conf", "mapping-tables", string name]) => MappingTable(name),
            ("PUT", ["conf", "mapping-tables", string name]) => throw new ApiErrorException(
                "90125", $"The table {name} is not customizable."),
            ("GET", ["conf", "integration-profiles"]) => Profiles(),
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

    private ApiAnswer CodeTable(string name)
    {
        IEnumerable<(string Code, string Description)> rows = name switch
        {
            "UserGroups" => _library.Groups.Select(g => (g.Code, g.Description)),
            "SetContentType" => [("USER", "User"), ("ITEM", "Physical items"), ("BIB_MMS", "All Titles")],
            "HFrUserRoles.roleType" =>
            [
                ("200", "Patron"), ("52", "Instructor"), ("32", "Circulation Desk Operator"), ("21", "User Manager"),
                ("221", "Circulation Desk Manager"), ("204", "Cataloger"),
            ],
            "UserBlockTypes" => [("GENERAL", "General"), ("CASH", "Cash"), ("LOAN", "Loan"), ("USER", "User")],
            "systemJobStatus" => Jobs.JobStates.All.Select(s => (s, Labels.Of(s))),
            _ => throw new ApiErrorException("90101", $"The table {name} was not found."),
        };
        return ApiAnswer.Of("code_table", new JObject
        {
            ["name"] = name,
            ["description"] = name,
            ["row"] = new JArray(rows.Select(r => new JObject
            {
                ["code"] = r.Code, ["description"] = r.Description, ["default"] = false, ["enabled"] = true,
            })),
        });
    }

    private ApiAnswer MappingTable(string name)
    {
        if (name != "UserRecordTypeUserGroup")
        {
            throw new ApiErrorException("90101", $"The table {name} was not found.");
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

    private static ApiAnswer Profiles()
    {
        JObject profile = new()
        {
            ["id"] = "9563000000000001",
            ["code"] = "SIS",
            ["name"] = "Student information system",
            ["type"] = JsonBody.Code("USERS", "Users"),
            ["system"] = JsonBody.Code("SIS", "Student information system"),
        };
        return ApiAnswer.Of("integration_profiles", new JObject
        {
            ["integration_profile"] = new JArray(profile), ["total_record_count"] = 1,
        });
    }
}
