namespace AlmaPurge.Core.Alma;

/// <summary>Decides what an error answer means. Never by the HTTP status alone: "not found" is a 400 in Alma.</summary>
internal static class ErrorKinds
{
    private static readonly HashSet<string> s_notFound = new(StringComparer.OrdinalIgnoreCase)
    {
        AlmaCodes.UserNotFound,
        AlmaCodes.UserNotFoundByType,
        AlmaCodes.SetNotFound,
        AlmaCodes.JobIdMalformed,
        AlmaCodes.JobNotFound,
        AlmaCodes.JobInstanceNotFound,
    };

    /// <summary>Codes that say that something broke inside: the change may have been made all the same.</summary>
    private static readonly HashSet<string> s_broken = new(StringComparer.OrdinalIgnoreCase)
    {
        "GENERAL_ERROR",
        "INTERNAL_SERVER_ERROR",
        "ROUTING_ERROR",
        "402224",
        "402225",
        "402226",
    };

    /// <summary>What an answer means.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="errors">Its error list; null if it has none.</param>
    public static AlmaErrorKind Of(int status, IReadOnlyList<AlmaError>? errors)
    {
        if (errors is not null && OfCodes(status, errors) is AlmaErrorKind kind)
        {
            return kind;
        }

        return status switch
        {
            >= 500 => AlmaErrorKind.Server,
            429 => AlmaErrorKind.RateLimit,
            408 => AlmaErrorKind.Timeout,
            404 or 410 => AlmaErrorKind.NotFound,
            403 => AlmaErrorKind.Forbidden,
            401 or 407 => AlmaErrorKind.Unauthorized,
            >= 300 and < 400 => AlmaErrorKind.NotSent,
            _ => errors is null ? AlmaErrorKind.Unreadable : AlmaErrorKind.Refused,
        };
    }

    /// <summary>
    /// What an error about a report means, where that is more than its code says: Alma answers a path that is wrong, or
    /// not in a shared folder, as an inner error (seen). Null for every other error.
    /// </summary>
    public static AlmaErrorKind? OfReport(IReadOnlyList<AlmaError>? errors) =>
        errors?.Any(e => Is(e, AlmaCodes.InternalError) && e.Message.Contains("path not found", StringComparison.OrdinalIgnoreCase)) == true
            ? AlmaErrorKind.NotFound
            : errors?.Any(e => e.Message.Contains("access denied", StringComparison.OrdinalIgnoreCase)) == true
                ? AlmaErrorKind.Forbidden
                : null;

    /// <summary>Whether a change may have been made although the answer is an error.</summary>
    public static bool LeavesDoubt(AlmaErrorKind kind, IReadOnlyList<AlmaError>? errors) => kind switch
    {
        AlmaErrorKind.Server or AlmaErrorKind.Timeout or AlmaErrorKind.Unreadable => true,
        AlmaErrorKind.Refused => errors is null || errors.Any(error => error.Code.Length == 0 || IsBroken(error)),
        _ => false,
    };

    private static AlmaErrorKind? OfCodes(int status, IReadOnlyList<AlmaError> errors)
    {
        if (errors.Any(error => Is(error, AlmaCodes.DailyThreshold) || IsDailyInWords(status, error)))
        {
            return AlmaErrorKind.DailyLimit;
        }

        if (errors.Any(error => Is(error, AlmaCodes.PerSecondThreshold)))
        {
            return AlmaErrorKind.RateLimit;
        }

        if (errors.Any(error => Is(error, AlmaCodes.Unauthorized)))
        {
            return AlmaErrorKind.Unauthorized;
        }

        // All of them must say so: half a "not found" is no proof that somebody is gone.
        return status is >= 400 and < 500 && errors.Count > 0 && errors.All(error => s_notFound.Contains(error.Code))
            ? AlmaErrorKind.NotFound
            : null;
    }

    private static bool IsDailyInWords(int status, AlmaError error) =>
        status == 429 && error.Message.Contains("daily", StringComparison.OrdinalIgnoreCase);

    private static bool IsBroken(AlmaError error) => s_broken.Contains(error.Code);

    private static bool Is(AlmaError error, string code) =>
        string.Equals(error.Code, code, StringComparison.OrdinalIgnoreCase);
}
