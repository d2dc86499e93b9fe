namespace AlmaPurge.Core.Alma;

/// <summary>What went wrong between us and Alma.</summary>
public enum AlmaErrorKind
{
    /// <summary>The key is unknown, of another institution or region, or lacks the area (UNAUTHORIZED, 401).</summary>
    Unauthorized,

    /// <summary>The key is known but may not do this (403).</summary>
    Forbidden,

    /// <summary>What was named does not exist.</summary>
    NotFound,

    /// <summary>Alma understood and refused: a business error, HTTP 400.</summary>
    Refused,

    /// <summary>The calls of today are used up, or fewer are left than the floor.</summary>
    DailyLimit,

    /// <summary>More requests a second than the institution may send, even after waiting.</summary>
    RateLimit,

    /// <summary>Alma or its gateway failed (5xx).</summary>
    Server,

    /// <summary>No connection: name, network, certificate, proxy.</summary>
    Connection,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>An answer that is not what Alma documents: damaged, incomplete, another format.</summary>
    Unreadable,

    /// <summary>We did not send it, or did not follow: an id that cannot be in a URL, a redirect.</summary>
    NotSent,
}
