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
            Make(ours, ours.Id, CategoryOf(ours.Kind), target ?? ours.Target, ours.NextStep, ours.What),
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

    /// <summary>A record with advice.</summary>
    public static ErrorRecord Make(
        Exception exception, string id, ErrorCategory category, object? target, string nextStep, string? what = null) =>
        new(exception, id, category, target)
        {
            // The console shows both one below the other, so the message must not have the advice in it as well.
            ErrorDetails = new ErrorDetails(what ?? exception.Message) { RecommendedAction = nextStep },
        };

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
