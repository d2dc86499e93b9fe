using System.Management.Automation;
using AlmaPurge.Core;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Tables;

namespace AlmaPurge;

/// <summary>The one way from exceptions to error records, so that scripts can tell the causes apart by id.</summary>
internal static class ErrorRecords
{
    /// <summary>The record for an exception about one patron or thing, whatever it is.</summary>
    public static ErrorRecord From(Exception exception, object? target) =>
        TryFrom(exception, target)
        ?? new ErrorRecord(exception, exception.GetType().Name, ErrorCategory.NotSpecified, target);

    /// <summary>The record for an exception that we know, or null: what we do not know keeps its own name.</summary>
    public static ErrorRecord? TryFrom(Exception exception, object? target) => exception switch
    {
        AlmaPurgeException ours =>
            Make(ours, ours.Id, CategoryOf(ours.Kind), target ?? ours.Target, ours.NextStep),
        AlmaApiException alma => AlmaErrors.ToRecord(alma, target),
        TableException table =>
            Make(table, "Table" + table.Kind, CategoryOf(table.Kind), target ?? table.Path, table.NextStep),
        TimeoutException or OperationCanceledException =>
            Make(exception, "AlmaTimeout", ErrorCategory.OperationTimeout, target, "Try again later."),
        UnauthorizedAccessException => Make(
            exception, "AccessDenied", ErrorCategory.PermissionDenied, target, "See who may read and write there."),
        FileNotFoundException or DirectoryNotFoundException => Make(
            exception, "PathNotFound", ErrorCategory.ObjectNotFound, target, "See whether the path is right."),
        IOException => Make(
            exception, "FileTrouble", ErrorCategory.ReadError, target, "See whether another program has it open."),
        _ => null,
    };

    /// <summary>
    /// A record with advice. PowerShell shows it below the message, so it is taken off the end of the message there;
    /// the exception's own message keeps it.
    /// </summary>
    public static ErrorRecord Make(
        Exception exception, string id, ErrorCategory category, object? target, string nextStep) =>
        new(exception, id, category, target)
        {
            ErrorDetails = new ErrorDetails(Without(exception.Message, nextStep)) { RecommendedAction = nextStep },
        };

    private static string Without(string message, string nextStep) =>
        message.Length > nextStep.Length && message.EndsWith(nextStep, StringComparison.Ordinal)
            ? message[..^nextStep.Length].TrimEnd()
            : message;

    private static ErrorCategory CategoryOf(AlmaPurgeErrorKind kind) => kind switch
    {
        AlmaPurgeErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        AlmaPurgeErrorKind.InvalidData => ErrorCategory.InvalidData,
        AlmaPurgeErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        AlmaPurgeErrorKind.Conflict => ErrorCategory.ResourceExists,
        AlmaPurgeErrorKind.SafetyStop => ErrorCategory.SecurityError,
        AlmaPurgeErrorKind.LimitExceeded => ErrorCategory.LimitsExceeded,
        AlmaPurgeErrorKind.Unavailable => ErrorCategory.ResourceUnavailable,
        _ => ErrorCategory.InvalidOperation,
    };

    private static ErrorCategory CategoryOf(TableErrorKind kind) => kind switch
    {
        TableErrorKind.FileNotFound => ErrorCategory.ObjectNotFound,
        TableErrorKind.Unreadable => ErrorCategory.ReadError,
        TableErrorKind.PasswordProtected => ErrorCategory.PermissionDenied,
        TableErrorKind.UnknownColumn or TableErrorKind.UnknownHeading or TableErrorKind.BadDateFormat =>
            ErrorCategory.InvalidArgument,
        _ => ErrorCategory.InvalidData,
    };
}
