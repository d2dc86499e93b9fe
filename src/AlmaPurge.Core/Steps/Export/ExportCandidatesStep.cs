using System.Security.Cryptography;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Reports;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Writes the one-column file of which staff build the run's set by hand, where the key has no right to sets. From then
/// on people work with it, so everything that holds where a set is built holds here: a fresh check of each patron, the
/// reviews, the ceiling. Changes nothing in Alma.
/// </summary>
public sealed class ExportCandidatesStep
{
    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly IStepReporter _reporter;

    /// <summary>Makes the step.</summary>
    public ExportCandidatesStep(PurgeRun run, AlmaSession session, IStepReporter reporter)
    {
        _run = run;
        _session = session;
        _reporter = reporter;
    }

    /// <summary>Says what would be handed out. Reads only; whoever has no fresh live check is checked.</summary>
    /// <param name="arrived">Ids that came down the pipeline; null for all of the run who remain.</param>
    /// <param name="options">What the operator asks of the file.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <exception cref="AlmaPurgeException">
    /// The run is not at that point, nobody is left, too many, somebody not of this run or of none of its reviews, or the
    /// file cannot be what it must.
    /// </exception>
    public async Task<ExportCandidatesPlan> PlanAsync(
        IReadOnlyCollection<string>? arrived, ExportCandidatesOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        UsernameFile.RequireKind(options.Path);
        RequirePlace(options);
        RequireReady(arrived);
        await RunBinding.BindAsync(_run, _session, cancellationToken).ConfigureAwait(false);
        await new LostOutcomes(_run, _session, _reporter).SettleAsync(cancellationToken).ConfigureAwait(false);
        RequireNoSet();
        int ceiling = PatronsToGo.CeilingOf(_run, options.MaximumCount);
        GoingPatrons going = await new PatronsToGo(_run, _session, _reporter, StepNames.Export)
            .FindAsync(arrived, ceiling, options.MaximumCheckAge, cancellationToken)
            .ConfigureAwait(false);
        UsernameFile.RequireWritable(going.Ids);
        if (UsernameFile.DoubtsOf(going.Ids, options.Path) is { } doubts)
        {
            _reporter.Warn(doubts);
        }

        return new ExportCandidatesPlan(_run, _session, options, going, ceiling);
    }

    /// <summary>Writes the file and records in the run who is in it.</summary>
    /// <exception cref="AlmaPurgeException">The file could not be written.</exception>
    public void Apply(ExportCandidatesPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        using StepScope scope = _run.BeginStep(StepNames.Export);
        PatronsToGo.ExcludeNotPassedOn(
            _run, plan.NotPassedOn, StepNames.Export, "the file for a set built by hand was written");
        _run.Flush();
        OutputFile.Write(
            plan.Options.Path,
            plan.Options.Force,
            temporary => UsernameFile.Write(temporary, plan.Options.Path, plan.PrimaryIds, cancellationToken),
            temporary => Record(plan, temporary));
        scope.Complete();
    }

    // The record is in the run before the file is where people find it.
    private void Record(ExportCandidatesPlan plan, string temporary)
    {
        string hash = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(temporary))).ToLowerInvariant();
        ExportEntry entry = new(
            Path.GetFileName(plan.Options.Path), hash, plan.PrimaryIds.Count, _session.Time.GetUtcNow());
        _run.Journal.Note("CandidatesExported", new { name = entry.Name, sha256 = hash, ids = plan.PrimaryIds });
        _run.Update(d => d with { MaximumCount = plan.MaximumCount, Exports = [.. d.Exports, entry] });
    }

    private void RequirePlace(ExportCandidatesOptions options)
    {
        OutputFile.RequireFree(options.Path, options.Force);
        if (OutputFile.IsInFolderOf(_run, options.Path))
        {
            throw new AlmaPurgeException(
                "ExportInRunFolder",
                AlmaPurgeErrorKind.InvalidArgument,
                $"'{options.Path}' is in the folder of the run {_run.RunId}, which nothing but the run itself writes.",
                "Give a -Path outside of the run folder.",
                options.Path);
        }
    }

    private void RequireReady(IReadOnlyCollection<string>? arrived)
    {
        if (_run.Document.ImportedAt is null)
        {
            throw Stop(
                "NothingImported",
                $"Nobody was imported into the run {_run.RunId} yet.",
                "Import its patrons with Import-AlmaPurgeCandidate.");
        }

        if (_run.Document.Set is null)
        {
            PatronsToGo.RequireWhole(_run, arrived);
        }
    }

    private void RequireNoSet()
    {
        string? name = _run.Document.Set?.Name ?? HalfBuiltSet.Of(_run)?.Name;
        if (name is not null)
        {
            throw Stop(
                "SetAlreadyBuilt",
                $"The run {_run.RunId} has the user set '{name}' already, so none is to be built by hand.",
                "Pipe the run to New-AlmaUserSet, which goes on with it, or to Set-AlmaPurgeDate.");
        }
    }

    private AlmaPurgeException Stop(string id, string message, string nextStep) =>
        new(id, AlmaPurgeErrorKind.InvalidOperation, message, nextStep, _run.RunId);
}
