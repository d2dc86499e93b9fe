using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using AlmaPurge.Simulator.Jobs;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>
/// GET and PUT /conf/code-tables.
/// <para>
/// AN ASSUMPTION, and this file is its home: which tables the API may change (90123 where not). Here none, unless
/// <see cref="SimulatorOptions.UserGroupsCustomizable"/> says that UserGroups is one; a group that is new then is legal
/// for no record type, since the mapping table cannot be changed.
/// </para>
/// </summary>
internal sealed class CodeTables
{
    private readonly Library _library;

    public CodeTables(Library library)
    {
        _library = library;
    }

    private static IReadOnlyDictionary<string, IReadOnlyList<(string Code, string Description)>> Fixed { get; } =
        new SortedDictionary<string, IReadOnlyList<(string, string)>>(StringComparer.Ordinal)
        {
            ["AddNewUserOptions"] = [("PUBLIC", "Public"), ("STAFF", "Staff"), ("CONTACT", "Contact")],
            ["HFrUserRoles.roleType"] =
            [
                ("200", "Patron"), ("52", "Instructor"), ("32", "Circulation Desk Operator"), ("21", "User Manager"),
                ("221", "Circulation Desk Manager"), ("204", "Cataloger"),
            ],
            ["HPaTaskChain.type"] = JobCategories.Manual,
            ["IntegrationTypes"] = [(SisProfile.Type, "Users")],
            ["SetContentType"] = SetContents.All,
            ["systemJobStatus"] = [.. JobStates.All.Select(s => (s, Labels.Of(s)))],
            ["systemJobsGroups"] = JobCategories.Scheduled,
            ["UserBlockTypes"] = [("GENERAL", "General"), ("CASH", "Cash"), ("LOAN", "Loan"), ("USER", "User")],
            ["UserIdentifierTypes"] = IdentifierTypes.All,
        };

    public ApiAnswer? Serve(ApiRequest request)
    {
        return (request.Method, request.Segments) switch
        {
            ("GET", ["conf", "code-tables"]) => List(),
            ("GET", ["conf", "code-tables", string name]) => Get(request, name),
            ("PUT", ["conf", "code-tables", string name]) => Put(request, name),
            _ => null,
        };
    }

    /// <summary>Institution and its one library are the scopes.</summary>
    public static void CheckScope(Library library, ApiRequest request)
    {
        string? scope = request.Value("scope");
        if (scope is not null && scope != library.Options.InstitutionCode && scope != Libraries.MainCode)
        {
            throw new ApiErrorException("40166411", $"Param value is invalid: scope '{scope}'.");
        }
    }

    private ApiAnswer List()
    {
        IEnumerable<JObject> tables = Fixed.Keys.Append("UserGroups").Select(name => new JObject
        {
            ["name"] = name, ["description"] = name, ["link"] = _library.Link("conf/code-tables/" + name),
        });
        return ApiAnswer.Of("code_tables", new JObject { ["code_table"] = new JArray(tables) });
    }

    private ApiAnswer Get(ApiRequest request, string name)
    {
        CheckScope(_library, request);
        IEnumerable<(string Code, string Description)> rows = name == "UserGroups"
            ? _library.Groups.Select(g => (g.Code, g.Description))
            : Fixed.GetValueOrDefault(name)
                ?? throw new ApiErrorException("402119", $"General error: there is no code table '{name}'.");
        return Table(name, rows);
    }

    private static ApiAnswer Table(string name, IEnumerable<(string Code, string Description)> rows)
    {
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

    private ApiAnswer Put(ApiRequest request, string name)
    {
        if (name != "UserGroups" && !Fixed.ContainsKey(name))
        {
            throw new ApiErrorException("90101", $"Table does not exist: {name}.");
        }

        if (name != "UserGroups" || !_library.Options.UserGroupsCustomizable)
        {
            throw new ApiErrorException("90123", $"Requested table is not customizable: {name}.");
        }

        JObject[] rows = [.. JsonBody.Items(request.ReadBody()["row"])];
        if (rows.Count(r => JsonBody.Text(r, "default") is "true" or "True") > 1)
        {
            throw new ApiErrorException("90122", "Multiple default codes.");
        }

        _library.SwapGroups([.. rows.Select(Group)]);
        return Table(name, _library.Groups.Select(g => (g.Code, g.Description)));
    }

    private SimulatedUserGroup Group(JObject row)
    {
        string code = JsonBody.Text(row, "code") ?? "";
        return new SimulatedUserGroup(
            code, JsonBody.Text(row, "description") ?? code, _library.Group(code)?.RecordTypes ?? []);
    }
}
