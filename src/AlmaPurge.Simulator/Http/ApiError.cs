namespace AlmaPurge.Simulator.Http;

/// <summary>An error that Alma answers with. Thrown by the endpoints, written by the gateway.</summary>
internal sealed class ApiErrorException : Exception
{
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
