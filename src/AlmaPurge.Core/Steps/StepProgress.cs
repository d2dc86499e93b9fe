namespace AlmaPurge.Core.Steps;

/// <summary>Where a step stands.</summary>
/// <param name="Activity">What is being done, such as "Checking patrons".</param>
/// <param name="Status">More about it, such as "3 kept so far"; may be empty.</param>
/// <param name="Done">How many are done.</param>
/// <param name="Total">How many there are in all, or null where nobody knows.</param>
public sealed record StepProgress(string Activity, string Status, long Done, long? Total = null);
