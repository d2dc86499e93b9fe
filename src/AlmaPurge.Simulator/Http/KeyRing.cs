using System.Collections.Concurrent;
using System.Globalization;
using AlmaPurge.Simulator.Endpoints;

namespace AlmaPurge.Simulator.Http;

/// <summary>The API keys and what each may touch.</summary>
internal sealed class KeyRing
{
    private readonly ConcurrentDictionary<string, HashSet<string>> _keys = new(StringComparer.Ordinal);
    private int _count;

    public KeyRing()
    {
        Master = Add(["users:write", "configuration:write", "analytics:write"]);
    }

    public string Master { get; }

    public string Add(IReadOnlyList<string> areas)
    {
        HashSet<string> allowed = new(StringComparer.OrdinalIgnoreCase);
        foreach (string area in areas)
        {
            string[] parts = area.Split(':');
            if (parts.Length > 2 || parts[0] is not ("users" or "configuration" or "analytics")
                || (parts.Length == 2 && parts[1] is not ("read" or "write")))
            {
                throw new ArgumentException(
                    $"'{area}' is no area. Known: users, configuration, analytics, each with :read or :write.",
                    nameof(areas));
            }

            allowed.Add(parts[0] + ":read");
            if (parts.Length == 2 && parts[1] == "write")
            {
                allowed.Add(area);
            }
        }

        int number = Interlocked.Increment(ref _count);
        string key = "simulator-key-" + number.ToString(CultureInfo.InvariantCulture);
        _keys[key] = allowed;
        return key;
    }

    /// <summary>Throws as the gateway does, unless the key is known and may do what the request asks.</summary>
    public void Check(ApiRequest request)
    {
        const string Message = "API-key not defined or not configured to allow this API.";
        if (request.Key is null || !_keys.TryGetValue(request.Key, out HashSet<string>? allowed))
        {
            throw new ApiErrorException("UNAUTHORIZED", Message, 400, fromGateway: true);
        }

        string area = request.Segments.FirstOrDefault() switch
        {
            "users" => "users",
            "analytics" => "analytics",
            _ => "configuration",
        };
        bool reads = request.Method == "GET" || UserOperationsEndpoint.IsSignIn(request);
        if (!allowed.Contains(area + (reads ? ":read" : ":write")))
        {
            throw new ApiErrorException("UNAUTHORIZED", Message, 403, fromGateway: true);
        }
    }
}
