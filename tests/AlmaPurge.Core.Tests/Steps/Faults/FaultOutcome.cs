using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Tests.Steps.Faults;

/// <summary>What the canonical session came to under a fault, by the simulator's own records.</summary>
internal sealed record FaultOutcome
{
    /// <summary>The error that ended it; null if it went through.</summary>
    public required Exception? Stop { get; init; }

    /// <summary>The step that it came to.</summary>
    public required string Step { get; init; }

    /// <summary>Primary ids that were imported.</summary>
    public required IReadOnlyList<string> Imported { get; init; }

    /// <summary>One result for each patron, once a purge was started; empty before that.</summary>
    public required IReadOnlyList<AlmaPurgeResult> Results { get; init; }

    /// <summary>Primary ids of those who are gone from the simulator since the session began.</summary>
    public required IReadOnlyList<string> Gone { get; init; }

    /// <summary>Primary ids of those who are gone and should not be, with the reasons.</summary>
    public required IReadOnlyList<string> Wrong { get; init; }

    /// <summary>How many patrons of the run are still there and marked.</summary>
    public required int StillMarked { get; init; }

    public int Count(AlmaPurgeStatus status) => Results.Count == 0
        ? status == AlmaPurgeStatus.Kept ? Imported.Count - Gone.Count : 0
        : Results.Count(r => r.Status == status);

    /// <summary>The id of the error, as scripts see it.</summary>
    public string StopId => IdOf(Stop);

    /// <summary>The id of an error, as the cmdlets give it.</summary>
    public static string IdOf(Exception? stop) => stop switch
    {
        null => "",
        AlmaPurgeException ours => ours.Id,
        AlmaApiException { OutcomeUnknown: true } => "AlmaOutcomeUnknown",
        AlmaApiException { Kind: AlmaErrorKind.DailyLimit } => "AlmaDailyLimitReached",
        AlmaApiException { Kind: AlmaErrorKind.RateLimit } => "AlmaRateLimitReached",
        AlmaApiException { Kind: AlmaErrorKind.Server } => "AlmaUnavailable",
        AlmaApiException { Kind: AlmaErrorKind.Connection } => "AlmaUnreachable",
        AlmaApiException { Kind: AlmaErrorKind.Timeout } => "AlmaTimeout",
        AlmaApiException { Kind: AlmaErrorKind.Unreadable } => "AlmaAnswerUnreadable",
        AlmaApiException { Kind: AlmaErrorKind.Refused } => "AlmaRefused",
        AlmaApiException alma => "Alma" + alma.Kind,
        _ => stop.GetType().Name,
    };
}
