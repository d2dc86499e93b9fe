using Polly;
using Polly.Retry;

namespace AlmaPurge.Core.Alma;

/// <summary>How reads are repeated: exponential back-off with jitter, and never sooner than the server asked.</summary>
internal static class ReadRetry
{
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromSeconds(30);

    public static ResiliencePipeline Build(AlmaClientOptions options)
    {
        ResiliencePipelineBuilder builder = new() { TimeProvider = options.Time };
        if (options.MaximumAttempts > 1)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.MaximumAttempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = s_longestDelay,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is AlmaApiException { IsTransient: true }),
                DelayGenerator = args => ValueTask.FromResult(AskedFor(args, options.RetryDelay)),
            });
        }

        return builder.Build();
    }

    /// <summary>Null leaves it to Polly's back-off.</summary>
    private static TimeSpan? AskedFor(RetryDelayGeneratorArguments<object> args, TimeSpan leastDelay)
    {
        if (args.Outcome.Exception is not AlmaApiException error)
        {
            return null;
        }

        double spread = 1 + (0.5 * Random.Shared.NextDouble());
        if (error.RetryAfter is TimeSpan wait)
        {
            return wait * spread;
        }

        // Alma counts by the second, so less than one is in vain; Polly's jitter may fall short of the base delay.
        return error.Kind == AlmaErrorKind.RateLimit
            ? leastDelay * Math.Pow(2, args.AttemptNumber) * spread
            : null;
    }
}
