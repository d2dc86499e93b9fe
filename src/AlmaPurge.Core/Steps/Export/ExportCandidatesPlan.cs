using System.Globalization;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>The file that would be handed out.</summary>
public sealed class ExportCandidatesPlan : StepPlan
{
    internal ExportCandidatesPlan(
        PurgeRun run, AlmaSession session, ExportCandidatesOptions options, GoingPatrons going, int maximumCount)
        : base(run, session)
    {
        Options = options;
        PrimaryIds = going.Ids;
        NotPassedOn = going.NotPassedOn;
        MaximumCount = maximumCount;
    }

    /// <inheritdoc/>
    public override string Target => $"file '{Path.GetFileName(Options.Path)}'";

    /// <inheritdoc/>
    public override string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"Write the primary identifiers of {PrimaryIds.Count} patrons of the run {Run.RunId} (ceiling {MaximumCount}) to '{Options.Path}', for a user set that is built by hand. {Circumstances()}");

    /// <inheritdoc/>
    public override IReadOnlyList<string> Requests => [];

    /// <summary>Patrons who would be in it.</summary>
    public IReadOnlyList<string> PrimaryIds { get; }

    /// <summary>Patrons who were imported and did not arrive; they stay.</summary>
    public IReadOnlyList<string> NotPassedOn { get; }

    /// <summary>The ceiling that it was held against.</summary>
    public int MaximumCount { get; }

    internal ExportCandidatesOptions Options { get; }

    private protected override int PatronCount => PrimaryIds.Count;
}
