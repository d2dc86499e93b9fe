namespace AlmaPurge.Gauntlet.World;

/// <summary>The line between the tool and the simulator; lets things happen just before Alma answers a look at a patron.</summary>
internal sealed class CaseLine(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string UsersPath = "/almaws/v1/users/";

    /// <summary>Called with the identifier of each patron who is looked up, before the look is answered.</summary>
    public Action<string>? BeforeLook { get; set; }

    /// <summary>Called with each request that changes something, before it arrives.</summary>
    public Action<HttpRequestMessage>? BeforeWrite { get; set; }

    /// <summary>Called with each request; the operator may lose patience here.</summary>
    public Action? OnRequest { get; set; }

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        OnRequest?.Invoke();
        if (request.Method != HttpMethod.Get)
        {
            BeforeWrite?.Invoke(request);
        }

        if (BeforeLook is { } act && request.Method == HttpMethod.Get && LookedUp(request.RequestUri!) is { } id)
        {
            act(id);
        }

        return base.SendAsync(request, cancellationToken);
    }

    // The look at the record itself, which comes first; the fee lists come after it.
    private static string? LookedUp(Uri uri)
    {
        string path = uri.AbsolutePath;
        return path.StartsWith(UsersPath, StringComparison.Ordinal) && path.IndexOf('/', UsersPath.Length) < 0
            ? Uri.UnescapeDataString(path[UsersPath.Length..])
            : null;
    }
}
