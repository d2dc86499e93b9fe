namespace AlmaPurge.Core.Alma;

/// <summary>Explains why there was no answer.</summary>
internal static class TransportFault
{
    /// <summary>Whether it is trouble of the transport; everything else is a bug and must be seen as one.</summary>
    public static bool Is(Exception cause) =>
        cause is HttpRequestException or IOException or OperationCanceledException or TimeoutException;

    /// <summary>The error for it.</summary>
    public static AlmaApiException Explain(
        ErrorFactory errors,
        AlmaRequest request,
        Exception cause,
        int attempt,
        bool hasAnswered)
    {
        if (cause is OperationCanceledException or TimeoutException)
        {
            return errors.WithoutAnswer(
                request,
                AlmaErrorKind.Timeout,
                cause,
                wasSent: true,
                mayRepeat: true,
                attempt);
        }

        bool wasSent = !NeverLeft(cause);
        // A host that was never reached is a wrong region or no network: say so at once instead of after five tries.
        bool mayRepeat = wasSent || (hasAnswered && !IsCertificate(cause));
        return errors.WithoutAnswer(request, AlmaErrorKind.Connection, cause, wasSent, mayRepeat, attempt);
    }

    /// <summary>Trouble before the first byte of the request could leave.</summary>
    private static bool NeverLeft(Exception cause) => cause is HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError
            or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError
    };

    private static bool IsCertificate(Exception cause) =>
        cause is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError };
}
