using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Readiness;

/// <summary>
/// One question to an institution before a purge. What Alma does not tell is an Ask and never a Pass: nobody may conclude
/// from silence that all is well.
/// </summary>
internal abstract class ReadinessCheck
{
    /// <summary>Name, as users see it.</summary>
    public abstract string Name { get; }

    /// <summary>What a person can do where Alma gives no answer.</summary>
    protected abstract string AskRemedy { get; }

    /// <summary>Asks Alma. A refusal to answer is an answer too.</summary>
    /// <exception cref="AlmaApiException">No call can be answered any more: today's calls are used up.</exception>
    public async Task<AlmaReadinessCheck> RunAsync(ReadinessContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await CheckAsync(context, cancellationToken).ConfigureAwait(false);
        }
        catch (AlmaApiException e) when (e.Kind is not (AlmaErrorKind.DailyLimit or AlmaErrorKind.NotSent))
        {
            return Ask($"Alma gave no answer ({e.Kind}{(e.AlmaCode is null ? "" : " " + e.AlmaCode)}).");
        }
        catch (AlmaPurgeException e)
        {
            return Result(AlmaReadinessStatus.Fail, e.Message, e.NextStep);
        }
    }

    /// <summary>Asks, and judges the answer.</summary>
    protected abstract Task<AlmaReadinessCheck> CheckAsync(ReadinessContext context, CancellationToken cancellationToken);

    protected AlmaReadinessCheck Pass(string detail) => Result(AlmaReadinessStatus.Pass, detail, null);

    protected AlmaReadinessCheck Warn(string detail, string remedy) => Result(AlmaReadinessStatus.Warn, detail, remedy);

    protected AlmaReadinessCheck Fail(string detail, string remedy) => Result(AlmaReadinessStatus.Fail, detail, remedy);

    protected AlmaReadinessCheck Ask(string detail) => Result(AlmaReadinessStatus.Ask, detail, AskRemedy);

    private AlmaReadinessCheck Result(AlmaReadinessStatus status, string detail, string? remedy) => new(Name, status, detail, remedy);
}
