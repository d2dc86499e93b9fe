using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Runs;

/// <summary>A line of the journal.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="Time">When it was written.</param>
/// <param name="Kind">intent, outcome or note.</param>
/// <param name="Action">What is changed, such as CreateSet.</param>
/// <param name="Of">For an outcome: number of the intent.</param>
/// <param name="Result">For an outcome: one of <see cref="JournalResults"/>.</param>
/// <param name="Data">Ids and the overwritten fields; nothing else of a person.</param>
/// <param name="Previous">SHA-256 of the line before, so that an edited journal is noticed.</param>
public sealed record JournalLine(
    int Number,
    DateTimeOffset Time,
    string Kind,
    string Action,
    int? Of,
    string? Result,
    JObject? Data,
    string Previous)
{
    /// <summary>
    /// For an intent and a note: on whose account it was done, as <c>account@computer</c>. Null in lines of versions that
    /// did not record it.
    /// </summary>
    public string? Operator { get; init; }
}
