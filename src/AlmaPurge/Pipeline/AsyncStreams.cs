namespace AlmaPurge.Pipeline;

/// <summary>Small transformations of what Alma lists.</summary>
internal static class AsyncStreams
{
    /// <summary>Those that match, as users see them.</summary>
    public static async IAsyncEnumerable<TOut> Matching<TIn, TOut>(
        this IAsyncEnumerable<TIn> source,
        Func<TIn, bool> matches,
        Func<TIn, TOut> convert)
    {
        await foreach (TIn item in source.ConfigureAwait(false))
        {
            if (matches(item))
            {
                yield return convert(item);
            }
        }
    }
}
