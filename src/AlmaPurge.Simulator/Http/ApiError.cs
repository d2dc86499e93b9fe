namespace AlmaPurge.Simulator.Http;

/// <summary>An error that Alma answers with. Thrown by the endpoints, written by the gateway.</summary>
internal sealed class ApiErrorException : Exception
{
    /// <summary>Alma's code for calls of the day that are used up.</summary>
    public const string DailyThreshold = "DAILY_THRESHOLD";

    public ApiErrorException(string code, string message, int status = 400, bool fromGateway = false)
        : base(message)
    {
        Code = code;
        Status = status;
        FromGateway = fromGateway;
    }

    public string Code { get; }

    public int Status { get; }

    /// <summary>The gateway answers in XML whatever was asked for.</summary>
    public bool FromGateway { get; }

    /// <summary>A web page that comes in place of Alma's own form of an error.</summary>
    public string? Page { get; init; }

    public static ApiErrorException InvalidParameter(string name, string? value, string valid)
    {
        return new ApiErrorException(
            "40166411", $"The parameter {name} is invalid: '{value}'. The valid options are: {valid}.");
    }

    public static ApiErrorException InvalidCode(string name, string? value, string valid)
    {
        return new ApiErrorException(
            "40166410", $"The parameter {name} is invalid: '{value}'. The valid options are: {valid}.");
    }
}
