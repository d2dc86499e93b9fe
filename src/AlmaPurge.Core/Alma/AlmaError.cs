namespace AlmaPurge.Core.Alma;

/// <summary>One error of an answer's error list.</summary>
/// <param name="Code">Alma's code, such as 401861 or DAILY_THRESHOLD; empty if it gave none.</param>
/// <param name="Message">Alma's message.</param>
/// <param name="TrackingId">What Ex Libris' support asks for; the gateway gives none.</param>
public sealed record AlmaError(string Code, string Message, string? TrackingId);
