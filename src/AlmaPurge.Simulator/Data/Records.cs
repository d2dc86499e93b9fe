namespace AlmaPurge.Simulator;

/// <summary>How a patron came to be removed.</summary>
public enum PurgeWay
{
    /// <summary>The set-based job "Purge users".</summary>
    SetJob,

    /// <summary>DELETE on the user.</summary>
    UserDelete,

    /// <summary>The staff page "Purge User Records".</summary>
    ClassicPage,
}

/// <summary>One removal, as the simulator saw it.</summary>
/// <param name="PrimaryId">Who.</param>
/// <param name="Time">When, on the simulator's clock.</param>
/// <param name="Way">By which way.</param>
/// <param name="Policy">The Delete User Policy that held.</param>
/// <param name="Reference">The job instance, where there was one.</param>
/// <param name="LastState">How the patron was at that moment.</param>
/// <param name="InitialState">How the patron was when added.</param>
public sealed record PurgeRecord(
    string PrimaryId,
    DateTimeOffset Time,
    PurgeWay Way,
    string Policy,
    string? Reference,
    SimulatedUserSpec LastState,
    SimulatedUserSpec InitialState);

/// <summary>What the classic page would do.</summary>
/// <param name="Taken">How many it would purge.</param>
/// <param name="Refused">How many have a purge date far enough back, but something else keeps them.</param>
/// <param name="TakenByGroup">How many it would purge of each user group, by code.</param>
public sealed record PurgePreview(int Taken, int Refused, IReadOnlyDictionary<string, int> TakenByGroup);

/// <summary>A patron who must not be purged.</summary>
/// <param name="PrimaryId">Who.</param>
/// <param name="Reasons">Every reason, by the name of its rule.</param>
public sealed record ManifestEntry(string PrimaryId, IReadOnlyList<string> Reasons);

/// <summary>One request, as it arrived and was answered.</summary>
/// <param name="Time">When, on the simulator's clock.</param>
/// <param name="Method">GET, POST, PUT or DELETE.</param>
/// <param name="Path">Path and query, without the key.</param>
/// <param name="StatusCode">The HTTP status; 0 where the line was cut.</param>
/// <param name="ErrorCode">Alma's error code, if the answer was an error.</param>
public sealed record LoggedRequest(
    DateTimeOffset Time, string Method, string Path, int StatusCode, string? ErrorCode);
