using System.Globalization;

namespace AlmaPurge.Core.Alma;

/// <summary>Makes the one exception, with the key kept out of it.</summary>
internal sealed class ErrorFactory(KeyGuard key, AlmaAddress address, int maximumAttempts)
{
    /// <summary>Longer than this nobody waits within one call.</summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(2);

    /// <summary>An error answer.</summary>
    public AlmaApiException FromAnswer(AlmaRequest request, HttpResponseMessage response, string body, int attempt)
    {
        int status = (int)response.StatusCode;
        IReadOnlyList<AlmaError>? errors = ErrorBody.Read(body)?.Select(Clean).ToArray();
        AlmaErrorKind kind = request.WantsXml && ErrorKinds.OfReport(errors) is AlmaErrorKind ofReport
            ? ofReport
            : ErrorKinds.Of(status, errors);
        TimeSpan? wait = RetryAfter(response);
        string what = errors is { Count: > 0 }
            ? string.Join("; ", errors.Select(Words))
            : ErrorAdvice.WithoutErrorList(response, body);
        bool doubt = !request.IsRead && ErrorKinds.LeavesDoubt(kind, errors);
        return new AlmaApiException(kind, Message(request, kind, what, doubt, attempt))
        {
            StatusCode = status,
            Errors = errors ?? [],
            Method = request.Method.Method,
            Path = request.Path,
            OutcomeUnknown = doubt,
            Attempts = attempt,
            RetryAfter = wait,
            IsTransient = MayRepeat(request, kind) && IsTransient(kind, status) && !(wait > s_longestWait),
        };
    }

    /// <summary>An answer that is not what it should be.</summary>
    public AlmaApiException Unreadable(AlmaRequest request, int status, string what, int attempt)
    {
        bool doubt = !request.IsRead;
        return new AlmaApiException(
            AlmaErrorKind.Unreadable,
            Message(request, AlmaErrorKind.Unreadable, key.Clean(what), doubt, attempt))
        {
            StatusCode = status,
            Method = request.Method.Method,
            Path = request.Path,
            OutcomeUnknown = doubt,
            Attempts = attempt,
            IsTransient = MayRepeat(request, AlmaErrorKind.Unreadable),
        };
    }

    /// <summary>A well-formed answer that lacks what it must have.</summary>
    public AlmaApiException Incomplete(AlmaRequest request, string what)
    {
        string next = request.IsRead
            ? "Nothing was concluded from it. Alma's index may be catching up: try again in some minutes."
            : "Alma may have done it all the same: look before doing anything else, and do not send it again.";
        return new AlmaApiException(
            AlmaErrorKind.Unreadable,
            $"{request.Method} {request.Path} at {address.Base.Host}: {key.Clean(what)}. {next}")
        {
            StatusCode = 200,
            Method = request.Method.Method,
            Path = request.Path,
            OutcomeUnknown = !request.IsRead,
        };
    }

    /// <summary>No answer: connection or time-out.</summary>
    /// <param name="request">The request.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="cause">Its cause.</param>
    /// <param name="wasSent">Whether the request may have reached Alma.</param>
    /// <param name="mayRepeat">Whether a read is worth repeating.</param>
    /// <param name="attempt">Which attempt it was.</param>
    public AlmaApiException WithoutAnswer(
        AlmaRequest request,
        AlmaErrorKind kind,
        Exception cause,
        bool wasSent,
        bool mayRepeat,
        int attempt)
    {
        bool doubt = !request.IsRead && wasSent;
        string what = kind == AlmaErrorKind.Timeout
            ? "no answer in time"
            : "no connection (" + key.Clean(cause.Message).TrimEnd('.') + ")";
        return new AlmaApiException(kind, Message(request, kind, what, doubt, attempt), key.Clean(cause))
        {
            Method = request.Method.Method,
            Path = request.Path,
            OutcomeUnknown = doubt,
            Attempts = attempt,
            IsTransient = mayRepeat && (MayRepeat(request, kind) || (request.IsRead && !wasSent)),
        };
    }

    /// <summary>Fewer calls left than the floor: the request was not sent.</summary>
    public AlmaApiException BelowFloor(AlmaRequest request, long left, long floor) => new(
        AlmaErrorKind.DailyLimit,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Method} {request.Path} was not sent: {left} of today's API calls are left, and the floor is {floor}. ")
        + ErrorAdvice.For(AlmaErrorKind.DailyLimit, request.Path, address.Base))
    {
        Method = request.Method.Method,
        Path = request.Path,
    };

    // The gateway refuses what is too much before Alma sees it, so no cursor has moved.
    private static bool MayRepeat(AlmaRequest request, AlmaErrorKind kind) =>
        request.IsRead && (!request.MovesCursor || kind == AlmaErrorKind.RateLimit);

    private static bool IsTransient(AlmaErrorKind kind, int status) => kind switch
    {
        AlmaErrorKind.RateLimit or AlmaErrorKind.Server or AlmaErrorKind.Timeout => true,
        AlmaErrorKind.Unreadable => status is >= 400 and < 500,
        _ => false,
    };

    private static TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        if (response.Headers.RetryAfter is not { } header)
        {
            return null;
        }

        TimeSpan? wait = header.Delta;
        if (header.Date is DateTimeOffset until)
        {
            wait = until - (response.Headers.Date ?? DateTimeOffset.UtcNow);
        }

        return wait > TimeSpan.Zero ? wait : null;
    }

    private static string Words(AlmaError error) => string.Join(
        ' ',
        new[] { error.Code, error.Message.TrimEnd('.'), error.TrackingId is null ? "" : $"(tracking id {error.TrackingId})" }
            .Where(part => part.Length > 0));

    private AlmaError Clean(AlmaError error) => new(
        key.Clean(error.Code),
        key.Clean(error.Message),
        error.TrackingId is null ? null : key.Clean(error.TrackingId));

    private string Message(AlmaRequest request, AlmaErrorKind kind, string what, bool doubt, int attempt)
    {
        string attempts = attempt > 1 && attempt >= maximumAttempts
            ? string.Create(CultureInfo.InvariantCulture, $", {attempt} attempts")
            : string.Empty;
        string doubtful = doubt
            ? " Alma may have done it all the same: look before doing anything else, and do not send it again."
            : string.Empty;
        return $"{request.Method} {request.Path} at {address.Base.Host}{attempts}: {what}.{doubtful} "
            + ErrorAdvice.For(kind, request.Path, address.Base);
    }
}
