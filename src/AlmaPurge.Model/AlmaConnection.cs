namespace AlmaPurge;

/// <summary>A connection to one environment of one institution's Alma. Holds no API key that could be printed.</summary>
public sealed class AlmaConnection
{
    private readonly Func<long?> _callsLeft;

    internal AlmaConnection(
        string institution,
        string institutionName,
        AlmaEnvironmentType environmentType,
        Uri baseUri,
        int requestsPerSecond,
        long dailyCallFloor,
        Func<long?> callsLeft,
        object session)
    {
        Institution = institution;
        InstitutionName = institutionName;
        EnvironmentType = environmentType;
        BaseUri = baseUri;
        RequestsPerSecond = requestsPerSecond;
        DailyCallFloor = dailyCallFloor;
        _callsLeft = callsLeft;
        Session = session;
    }

    /// <summary>Institution code, such as 01UNI_INST, as Alma's general configuration gives it.</summary>
    public string Institution { get; }

    /// <summary>Name of the institution.</summary>
    public string InstitutionName { get; }

    /// <summary>Environment that the API key reaches.</summary>
    public AlmaEnvironmentType EnvironmentType { get; }

    /// <summary>Host that is talked to.</summary>
    public Uri BaseUri { get; }

    /// <summary>Calls a second that this connection permits itself; 0 means no limit.</summary>
    public int RequestsPerSecond { get; }

    /// <summary>Calls of the daily quota that are left to others: the connection stops above this number.</summary>
    public long DailyCallFloor { get; }

    /// <summary>Calls that the institution has left today, as of the last answer; null while unknown.</summary>
    public long? CallsLeftToday => _callsLeft();

    /// <summary>The session in Core that does the talking.</summary>
    internal object Session { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Institution} ({EnvironmentType}) at {BaseUri.Host}";
}
