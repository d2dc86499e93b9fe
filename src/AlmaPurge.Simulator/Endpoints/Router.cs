using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>Leads a request to its family of endpoints.</summary>
internal sealed class Router
{
    private readonly TestEndpoint _test;
    private readonly UsersEndpoint _users;
    private readonly UserWritesEndpoint _userWrites;
    private readonly UserOperationsEndpoint _userOperations;
    private readonly StaffLoginsEndpoint _staffLogins;
    private readonly FeesEndpoint _fees;
    private readonly LoansEndpoint _loans;
    private readonly RequestsEndpoint _requests;
    private readonly UserRecordsEndpoint _userRecords;
    private readonly SetsEndpoint _sets;
    private readonly SetMembersEndpoint _members;
    private readonly JobsEndpoint _jobs;
    private readonly JobInstancesEndpoint _instances;
    private readonly ConfigurationEndpoint _configuration;
    private readonly AnalyticsEndpoint _analytics;

    public Router(Library library)
    {
        _test = new TestEndpoint(library);
        _users = new UsersEndpoint(library);
        _userWrites = new UserWritesEndpoint(library);
        _userOperations = new UserOperationsEndpoint(library);
        _staffLogins = new StaffLoginsEndpoint(library);
        _fees = new FeesEndpoint(library);
        _loans = new LoansEndpoint(library);
        _requests = new RequestsEndpoint(library);
        _userRecords = new UserRecordsEndpoint(library);
        _sets = new SetsEndpoint(library);
        _members = new SetMembersEndpoint(library);
        _jobs = new JobsEndpoint(library);
        _instances = new JobInstancesEndpoint(library);
        _configuration = new ConfigurationEndpoint(library);
        _analytics = new AnalyticsEndpoint(library);
    }

    public ApiAnswer Serve(ApiRequest request)
    {
        ApiAnswer? answer = request.Segments.FirstOrDefault() switch
        {
            "users" => ServeUsers(request),
            "conf" => ServeConfiguration(request),
            "analytics" => ServeAnalytics(request),
            _ => null,
        };
        return answer ?? throw new ApiErrorException(
            "INVALID_REQUEST", $"{request.Method} is not known at this path.", 403, fromGateway: true);
    }

    private ApiAnswer? ServeUsers(ApiRequest request)
    {
        return (request.Method, request.Segments) switch
        {
            (_, ["users", "operation", "test"]) => _test.Serve(request),
            ("GET", ["users", "staff-login-report"]) => _staffLogins.Serve(request),
            ("GET", ["users"] or ["users", _]) => _users.Serve(request),
            ("POST", ["users", _]) => _userOperations.Serve(request),
            (_, ["users"] or ["users", _]) => _userWrites.Serve(request),
            ("GET", ["users", _, "fees"]) => _fees.Serve(request),
            ("GET", ["users", _, "loans"]) => _loans.Serve(request),
            ("GET", ["users", _, "requests"]) => _requests.Serve(request),
            ("GET", ["users", _, "purchase-requests"]) => _userRecords.PurchaseRequests(request),
            ("GET", ["users", _, "deposits"]) => _userRecords.Deposits(request),
            ("GET", ["users", _, "personal-data"]) => _userRecords.PersonalData(request),
            _ => null,
        };
    }

    private ApiAnswer? ServeConfiguration(ApiRequest request)
    {
        return request.Segments switch
        {
            ["conf", "test"] => _test.Serve(request),
            ["conf", "sets", _, "members"] => _members.Serve(request),
            ["conf", "sets", _] when request.Method == "POST" => _members.Serve(request),
            ["conf", "sets", ..] => _sets.Serve(request),
            ["conf", "jobs", _, "instances", ..] => _instances.Serve(request),
            ["conf", "jobs", ..] => _jobs.Serve(request),
            _ => _configuration.Serve(request),
        };
    }

    private ApiAnswer? ServeAnalytics(ApiRequest request)
    {
        return request.Segments switch
        {
            ["analytics", "test"] => _test.Serve(request),
            ["analytics", "reports"] => _analytics.Serve(request),
            _ => null,
        };
    }
}
