namespace AlmaPurge.Core.Steps;

/// <summary>Gives items at hand to steps that take a stream.</summary>
internal static class AsyncItems
{
    /// <summary>The items as a stream.</summary>
    public static async IAsyncEnumerable<T> From<T>(IEnumerable<T> items)
    {
        foreach (T item in items)
        {
            yield return item;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }
}
