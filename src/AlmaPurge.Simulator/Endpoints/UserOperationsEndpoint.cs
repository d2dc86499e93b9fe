using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>POST /users/{id}: signs a user in, or refreshes a copy from its source. 204 where it worked.</summary>
internal sealed class UserOperationsEndpoint
{
    private readonly Library _library;

    public UserOperationsEndpoint(Library library)
    {
        _library = library;
    }

    /// <summary>Signing in changes nothing, so a key that may only read is allowed to (documented).</summary>
    public static bool IsSignIn(ApiRequest request)
    {
        return request.Method == "POST" && request.Segments is ["users", _]
            && request.Value("op") is null or "auth";
    }

    public ApiAnswer Serve(ApiRequest request)
    {
        return request.Value("op") switch
        {
            null or "auth" => SignIn(request),
            "refresh" => Refresh(request),
            string other => throw ApiErrorException.InvalidCode("op", other, "auth, refresh"),
        };
    }

    /// <summary>Internal accounts only. The simulator knows one password for all of them.</summary>
    private ApiAnswer SignIn(ApiRequest request)
    {
        string id = request.Segments[1];
        SimulatedUser user = _library.Users.Find(id, request.Value("user_id_type"))
            ?? throw new ApiErrorException("401890", "User was not found.");
        string? password = request.Value("password") ?? request.Password;
        return user.AccountType == "INTERNAL" && password == SimulatorOptions.InternalPassword
            ? ApiAnswer.NoContent()
            : throw new ApiErrorException("401866", "User authentication failed.");
    }

    private ApiAnswer Refresh(ApiRequest request)
    {
        SimulatedUser user = _library.Users.Find(request.Segments[1], request.Value("user_id_type"))
            ?? throw new ApiErrorException("401861", "Refresh user with given identifier not found.");
        if (string.IsNullOrEmpty(user.State.SourceLinkId))
        {
            throw new ApiErrorException("60229", "Failed to find linked account for user.");
        }

        _library.Users.Change(user, user.State, _library.Now);
        return ApiAnswer.NoContent();
    }
}
