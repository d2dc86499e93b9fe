namespace AlmaPurge.Core.Alma;

/// <summary>
/// The one exception of everything that talks to Alma. The message says what, where and what to do next, and never
/// has the key in it; nor has any other property.
/// </summary>
public sealed class AlmaApiException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="message">What, where and what to do next.</param>
    /// <param name="inner">The cause, already free of the key.</param>
    public AlmaApiException(AlmaErrorKind kind, string message, Exception? inner = null)
        : base(message, inner) => Kind = kind;

    /// <summary>What went wrong.</summary>
    public AlmaErrorKind Kind { get; }

    /// <summary>HTTP status; null if there was no answer. Alma's "not found" is a 400: look at the code.</summary>
    public int? StatusCode { get; init; }

    /// <summary>All errors of the answer; empty if it had none.</summary>
    public IReadOnlyList<AlmaError> Errors { get; init; } = [];

    /// <summary>Alma's first error code.</summary>
    public string? AlmaCode => Errors.Count > 0 ? Errors[0].Code : null;

    /// <summary>Alma's first error message.</summary>
    public string? AlmaMessage => Errors.Count > 0 ? Errors[0].Message : null;

    /// <summary>Alma's tracking id, for Ex Libris' support.</summary>
    public string? TrackingId => Errors.Count > 0 ? Errors[0].TrackingId : null;

    /// <summary>HTTP method of the request.</summary>
    public string? Method { get; init; }

    /// <summary>Path of the request, ids included, the query left out.</summary>
    public string? Path { get; init; }

    /// <summary>
    /// A change was sent and the answer was lost: Alma may have done it. It must be settled by looking, never by
    /// sending again.
    /// </summary>
    public bool OutcomeUnknown { get; init; }

    /// <summary>Attempts that were made.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>Whether a read may be repeated after this.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>How long the server asked to wait.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether any error of the answer has one of these codes.</summary>
    public bool HasCode(params string[] codes) =>
        Errors.Any(error => codes.Contains(error.Code, StringComparer.OrdinalIgnoreCase));
}
