using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Import;
using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tests.Tables;

namespace AlmaPurge.Core.Tests.Steps.Import;

/// <summary>Imports files into runs of a folder of its own, which goes with the test.</summary>
public abstract class ImportTestBase : TableTestBase
{
    protected static readonly DateOnly Cutoff = new(2025, 1, 1);

    protected Reports Said { get; } = new();

    protected RunStore Store => new(Path.Combine(Folder, "runs"));

    protected PurgeRun NewRun(string userGroup = "UNDRGRD", decimal tolerance = 0, bool preview = false) => Store.Create(
        new PurgeCriteria { UserGroup = userGroup, ExpiredBefore = Cutoff, FeeTolerance = tolerance }, preview);

    protected ImportedPatrons Read(params string[] paths) => Read(TableOptions.Default, paths);

    protected ImportedPatrons Read(TableOptions options, params string[] paths) =>
        new ImportStep(Said).Read(paths, options, CancellationToken.None);

    protected (PurgeRun Run, List<AlmaPurgeCandidate> Candidates) Import(params string[] paths) =>
        Import(NewRun(), Read(paths));

    protected (PurgeRun Run, List<AlmaPurgeCandidate> Candidates) Import(PurgeRun run, ImportedPatrons patrons) =>
        (run, [.. new ImportStep(Said).Run(run, patrons, CancellationToken.None)]);

    /// <summary>How many patrons each rule keeps, by the first rule that fired: "NotExpired 1, StaffRecord 1".</summary>
    protected static string Kept(PurgeRun run) => string.Join(
        ", ",
        run.Patrons.Exclusions().GroupBy(e => e.Rule).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => $"{g.Key} {g.Count()}"));

    /// <summary>Remembers what a step says.</summary>
    protected sealed class Reports : IStepReporter
    {
        public List<string> Warnings { get; } = [];

        public List<string> Lines { get; } = [];

        public void Progress(StepProgress progress)
        {
        }

        public void Warn(string message) => Warnings.Add(message);

        public void Verbose(string message) => Lines.Add(message);

        public void Problem(Exception problem, string? target) => throw new InvalidOperationException(target, problem);
    }
}
