namespace AlmaPurge.Pipeline;

/// <summary>
/// A cmdlet that takes an <see cref="AlmaPurgeCandidate"/> array as one record, which means the same as its candidates
/// one by one.
/// </summary>
internal interface ITakesBlocks
{
}
