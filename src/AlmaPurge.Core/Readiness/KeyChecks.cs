using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Readiness;

/// <summary>Whether the key may read in an area.</summary>
internal abstract class KeyCheck : ReadinessCheck
{
    protected override string AskRemedy => "Look at the key in Ex Libris' developer network, under API keys.";

    protected abstract string Area { get; }

    protected abstract string Use { get; }

    /// <summary>Whether a purge can do without it.</summary>
    protected virtual bool IsOptional => false;

    protected override async Task<AlmaReadinessCheck> CheckAsync(ReadinessContext context, CancellationToken cancellationToken)
    {
        try
        {
            await TryAsync(context.Reader, cancellationToken).ConfigureAwait(false);
            return Pass($"The key may read in the area {Area}.");
        }
        catch (AlmaApiException e) when (e.Kind is AlmaErrorKind.Forbidden or AlmaErrorKind.Unauthorized)
        {
            string detail = $"The key may not read in the area {Area}, which {Use} needs.";
            string remedy = $"Give the key the area {Area} in Ex Libris' developer network, under API keys.";
            return IsOptional ? Warn(detail, remedy) : Fail(detail, remedy);
        }
    }

    protected abstract Task TryAsync(IAlmaReader reader, CancellationToken cancellationToken);
}

/// <summary>Whether the key may read users.</summary>
internal sealed class UsersKeyCheck : KeyCheck
{
    public override string Name => "KeyUsers";

    protected override string Area => "Users";

    protected override string Use => "every check of a patron";

    protected override Task TryAsync(IAlmaReader reader, CancellationToken cancellationToken) =>
        reader.TestAsync(AlmaArea.Users, cancellationToken);
}

/// <summary>Whether the key may read the configuration.</summary>
internal sealed class ConfigurationKeyCheck : KeyCheck
{
    public override string Name => "KeyConfiguration";

    protected override string Area => "Configuration";

    protected override string Use => "every set and code table";

    protected override Task TryAsync(IAlmaReader reader, CancellationToken cancellationToken) =>
        reader.TestAsync(AlmaArea.Configuration, cancellationToken);
}

/// <summary>Whether the key may list jobs, which are part of the configuration.</summary>
internal sealed class JobsKeyCheck : KeyCheck
{
    public override string Name => "KeyJobs";

    protected override string Area => "Configuration (jobs)";

    protected override string Use => "marking";

    protected override async Task TryAsync(IAlmaReader reader, CancellationToken cancellationToken)
    {
        await foreach (AlmaJobRecord _ in reader.GetJobsAsync("MANUAL", cancellationToken).ConfigureAwait(false))
        {
            return;
        }
    }
}

/// <summary>Whether the key may read Analytics; a purge from files does without.</summary>
internal sealed class AnalyticsKeyCheck : KeyCheck
{
    public override string Name => "KeyAnalytics";

    protected override string Area => "Analytics";

    protected override string Use => "an import from a report";

    protected override bool IsOptional => true;

    protected override Task TryAsync(IAlmaReader reader, CancellationToken cancellationToken) =>
        reader.TestAsync(AlmaArea.Analytics, cancellationToken);
}

/// <summary>Whether the key may write: Alma tells only whoever writes, and this asks without writing.</summary>
internal sealed class WritePermissionCheck : ReadinessCheck
{
    public override string Name => "KeyWrite";

    protected override string AskRemedy =>
        "Look at the key in Ex Libris' developer network: Users and Configuration need Read/write. A preview works without.";

    protected override Task<AlmaReadinessCheck> CheckAsync(ReadinessContext context, CancellationToken cancellationToken) =>
        Task.FromResult(Ask("Whether the key may write shows only where something is written, and this check writes nothing."));
}
