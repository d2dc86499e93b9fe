using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>Leads a request to its family of endpoints.</summary>
internal sealed class Router
{
    private readonly UsersEndpoint _users;
    private readonly UserWritesEndpoint _userWrites;
    private readonly AccountEndpoint _account;
    private readonly SetsEndpoint _sets;
    private readonly SetMembersEndpoint _members;
    private readonly JobsEndpoint _jobs;
    private readonly ConfigurationEndpoint _configuration;

    public Router(Library library)
    {
        _users = new UsersEndpoint(library);
        _userWrites = new UserWritesEndpoint(library);
        _account = new AccountEndpoint(library);
        _sets = new SetsEndpoint(library);
        _members = new SetMembersEndpoint(library);
        _jobs = new JobsEndpoint(library);
        _configuration = new ConfigurationEndpoint(library);
    }

    public ApiAnswer Serve(ApiRequest request)
    {
        string[] path = request.Segments;
        ApiAnswer? answer = path switch
        {
            [_, "test"] or ["users", "operation", "test"] => ConfigurationEndpoint.Test(),
            ["users"] or ["users", _] when request.Method == "GET" => _users.Serve(request),
            ["users"] or ["users", _] => _userWrites.Serve(request),
            ["users", _, ..] => _account.Serve(request),
            ["conf", "sets", _, "members"] => _members.Serve(request),
            ["conf", "sets", _] when request.Method == "POST" => _members.Serve(request),
            ["conf", "sets", ..] => _sets.Serve(request),
            ["conf", "jobs", ..] => _jobs.Serve(request),
            ["conf", ..] => _configuration.Serve(request),
            ["analytics", "reports"] => throw new ApiErrorException(
                "INTERNAL_SERVER_ERROR", $"Path not found ({request.Value("path")})", 500),
            _ => null,
        };
        return answer ?? throw new ApiErrorException(
            "INVALID_REQUEST", $"{request.Method} is not known at this path.", 403, fromGateway: true);
    }
}
