using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using AlmaPurge.Simulator.Jobs;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>
/// POST /conf/sets: a new set, empty and itemized or logical; a third set of two; an itemized one from a logical one,
/// which a job fills (documented). What only sets of titles have is refused with the documented code.
/// </summary>
internal sealed class SetCreation
{
    private static readonly CreateSetJob s_job = new();

    private readonly Library _library;

    public SetCreation(Library library)
    {
        _library = library;
    }

    public ApiAnswer Create(ApiRequest request)
    {
        SetBody body = SetBody.Of(request.ReadBody());
        if (string.IsNullOrWhiteSpace(body.Name) || body.Type is null || body.Content is null)
        {
            throw new ApiErrorException("401664", "Mandatory field is missing: name, type and content are required.");
        }

        RefuseTitleSets(request);
        if (body.Type is not ("ITEMIZED" or "LOGICAL"))
        {
            throw new ApiErrorException(
                "402262", $"Set type is invalid: '{body.Type}'. Only 'ITEMIZED' and 'LOGICAL' sets are supported.");
        }

        if (!SetContents.All.Any(c => c.Code == body.Content)
            || (body.Type == "LOGICAL" && body.Content != SetContents.Users))
        {
            throw new ApiErrorException("402265", $"Failed to create a set of content '{body.Content}'.");
        }

        SetBody.RequireNewName(_library, body.Name);
        SimulatedSet set = New(body);
        JObject? info = Populate(request, set);
        _library.Sets.Add(set.Id, set);
        JObject answer = SetJson.Write(_library, set);
        if (info is not null)
        {
            answer["additional_info"] = info;
        }

        return ApiAnswer.Of("set", answer);
    }

    private SimulatedSet New(SetBody body)
    {
        SimulatedSet set = new(_library.NextId(), body.Name!, _library.Now)
        {
            Type = body.Type!, Content = body.Content!,
        };
        body.Fill(set);
        if (set.IsLogical)
        {
            LogicalQuery.Check(_library, body.Query ?? "");
            set.Query = body.Query!;
            set.Evaluate = query => LogicalQuery.Evaluate(_library, query);
        }

        return set;
    }

    private void RefuseTitleSets(ApiRequest request)
    {
        string? population = request.Value("population");
        string? instance = request.Value("job_instance_id");
        if (population is null != instance is null)
        {
            throw new ApiErrorException("500127", "'job_instance_id' and 'population' must be provided together.");
        }

        if (population is not null && population.Any(c => c is not '_' && !char.IsAsciiLetterUpper(c)))
        {
            throw new ApiErrorException("402266", $"Population value is invalid: '{population}'.");
        }

        if (instance is not null)
        {
            throw _library.Jobs.Runs.Any(r => r.Id == instance)
                ? new ApiErrorException(
                    "402267",
                    "Job instance type for the provided job_instance_id is not MD_IMPORT - the operation is not "
                    + "supported.")
                : new ApiErrorException("402218", $"Invalid job instance id: {instance}.");
        }

        if (request.Value("nz_set_from_iz_set") is not null)
        {
            throw new ApiErrorException(
                "60335", "The From Institution Zone is not allowed for institution not in Network.");
        }

        if (request.Value("filter_set") is not null || request.Value("indication_rule") is not null)
        {
            throw new ApiErrorException("402265", "Failed to create a set: indication rules are for titles.");
        }
    }

    /// <summary>Fills the set from others, where the request names them, and says which job goes on with it.</summary>
    private JObject? Populate(ApiRequest request, SimulatedSet set)
    {
        if (request.Value("from_logical_set") is string logicalId)
        {
            return FromLogical(Other(logicalId), set);
        }

        string? first = request.Value("set1");
        string? second = request.Value("set2");
        if (first is not null || second is not null || request.Value("combine") is not null)
        {
            Combine(request.Value("combine") ?? "AND", Other(first), Other(second), set);
        }

        return null;
    }

    private JObject FromLogical(SimulatedSet logical, SimulatedSet set)
    {
        if (!logical.IsLogical || set.IsLogical)
        {
            throw new ApiErrorException("402265", "Failed to create a set: from_logical_set must name a logical set.");
        }

        SimulatedJobRun run = _library.Jobs.StartOwn(s_job, logical, s_job.Into(set));
        return JobJson.TriggeredInfo(_library, s_job, run);
    }

    private static void Combine(string operation, SimulatedSet first, SimulatedSet second, SimulatedSet set)
    {
        if (first.Content != second.Content || set.Content != first.Content)
        {
            throw new ApiErrorException("60205", "Combining sets are not the same type.");
        }

        if (set.IsLogical)
        {
            throw new ApiErrorException("60206", "Sets combine operation failed: the result must be itemized.");
        }

        HashSet<SimulatedUser> others = [.. second.Members];
        IEnumerable<SimulatedUser> members = operation switch
        {
            "AND" => first.Members.Where(others.Contains),
            "OR" => first.Members.Concat(second.Members),
            "NOT" => first.Members.Where(u => !others.Contains(u)),
            _ => throw new ApiErrorException("60204", $"Set combine operator not valid: '{operation}'."),
        };
        foreach (SimulatedUser member in members)
        {
            set.Add(member);
        }
    }

    private SimulatedSet Other(string? id)
    {
        return id is not null && _library.Sets.TryGetValue(id, out SimulatedSet? set)
            ? set
            : throw new ApiErrorException("402264", $"Set ID is invalid: {id}.");
    }
}
