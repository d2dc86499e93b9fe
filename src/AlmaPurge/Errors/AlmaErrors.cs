using System.Management.Automation;
using AlmaPurge.Core.Alma;

namespace AlmaPurge;

/// <summary>What Alma's refusals are called in PowerShell, and what to do about them.</summary>
internal static class AlmaErrors
{
    public static ErrorRecord ToRecord(AlmaApiException exception, object? target)
    {
        (string id, ErrorCategory category, string nextStep) = exception.OutcomeUnknown
            ? ("AlmaOutcomeUnknown", ErrorCategory.ConnectionError,
                "Run the same step again: it looks what Alma has done before it sends anything.")
            : Describe(exception.Kind);
        return ErrorRecords.Make(exception, id, category, target ?? exception.Path, nextStep);
    }

    private static (string Id, ErrorCategory Category, string NextStep) Describe(AlmaErrorKind kind) => kind switch
    {
        AlmaErrorKind.Unauthorized => ("AlmaKeyRefused", ErrorCategory.AuthenticationError,
            "See whether key and region belong together, and whether the key has the area that this needs."),
        AlmaErrorKind.Forbidden => ("AlmaNotPermitted", ErrorCategory.PermissionDenied,
            "Give the key read/write permission for the area that this needs, in the Ex Libris Developer Network."),
        AlmaErrorKind.NotFound => ("AlmaNotFound", ErrorCategory.ObjectNotFound, "See whether the id is right."),
        AlmaErrorKind.Refused => ("AlmaRefused", ErrorCategory.InvalidArgument, "See Alma's message."),
        AlmaErrorKind.DailyLimit => ("AlmaDailyLimitReached", ErrorCategory.LimitsExceeded,
            "Go on tomorrow with the same run: what is done is not done again."),
        AlmaErrorKind.RateLimit => ("AlmaRateLimitReached", ErrorCategory.LimitsExceeded,
            "See what else uses the API at this hour, or connect with a lower -RequestsPerSecond."),
        AlmaErrorKind.Server => ("AlmaUnavailable", ErrorCategory.ResourceUnavailable,
            "Try again later; what is done is not done again."),
        AlmaErrorKind.Connection => ("AlmaUnreachable", ErrorCategory.ConnectionError,
            "See whether this computer reaches Alma's API, and whether region or base address are right."),
        AlmaErrorKind.Timeout => ("AlmaTimeout", ErrorCategory.OperationTimeout,
            "Try again later; what is done is not done again."),
        AlmaErrorKind.Unreadable => ("AlmaAnswerUnreadable", ErrorCategory.InvalidResult,
            "See whether the base address is Alma's, and whether a proxy answers in its place."),
        _ => ("AlmaRequestNotSent", ErrorCategory.InvalidOperation, "See the message."),
    };
}
