using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>A patron who may have been marked, as found.</summary>
/// <param name="Id">Primary identifier.</param>
/// <param name="User">What Alma answered.</param>
/// <param name="Before">What the record said before the run changed anything.</param>
/// <param name="Settled">What came of it without doing anything; null where there is something to give back.</param>
internal sealed record UndoPatron(string Id, AlmaUserRecord? User, BeforeImage Before, RestorationOutcome? Settled);

/// <summary>Reads everybody of a run who may have been marked: whoever has a before-image.</summary>
internal sealed class UndoReading
{
    private const string Activity = "Looking at each patron of the run";

    // Below this a job costs more calls than it saves.
    private const int MinimumForJob = 20;

    private static readonly DateOnly s_lastImpossibleDate = new(2000, 1, 1);

    private readonly PurgeRun _run;
    private readonly IAlmaReader _reader;
    private readonly IStepReporter _reporter;

    public UndoReading(PurgeRun run, IAlmaReader reader, IStepReporter reporter)
    {
        _run = run;
        _reader = reader;
        _reporter = reporter;
    }

    /// <summary>Everybody who may have been marked, in the order of the import.</summary>
    public static IReadOnlyList<string> Everybody(PurgeRun run) =>
        [.. run.Patrons.CandidateIds().Where(id => run.Patrons.TryGetCheck(id, out _))];

    /// <summary>These patrons, in their order.</summary>
    public async Task<IReadOnlyList<UndoPatron>> ReadAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        List<UndoPatron> patrons = [];
        IAsyncEnumerable<UndoPatron> reading = AsyncItems.From(ids)
            .SelectAsync(_reader.Facts.MaximumConcurrency, LookAsync, cancellationToken);
        await foreach (UndoPatron patron in reading.ConfigureAwait(false))
        {
            patrons.Add(patron);
            _reporter.Progress(new StepProgress(Activity, "", patrons.Count, ids.Count));
        }

        return patrons;
    }

    /// <summary>
    /// Those among them whom a job can do: still marked in every way, and with a purge date before, since a job cannot
    /// take one away (no parameter for it is known).
    /// </summary>
    public IReadOnlyList<UndoGroup> Group(IReadOnlyList<UndoPatron> patrons)
    {
        MarkEntry mark = _run.Document.Mark!;
        return
        [
            .. patrons
                .Where(p => p.Settled is null
                    && PatronRestoration.HasOurDate(p.User!, mark)
                    && (mark.PurgeGroup is null || PatronRestoration.HasOurGroup(p.User!, mark))
                    && p.Before.PurgeDate > s_lastImpossibleDate)
                .GroupBy(p => (Group: mark.PurgeGroup is null ? null : p.Before.UserGroup, Date: p.Before.PurgeDate!.Value))
                .Where(g => g.Count() >= MinimumForJob)
                .Select(g => new UndoGroup(g.Key.Group, g.Key.Date, [.. g.Select(p => p.Id)])),
        ];
    }

    private async Task<UndoPatron> LookAsync(string id, CancellationToken cancellationToken)
    {
        AlmaUserRecord? user = await _reader.GetUserAsync(id, false, cancellationToken).ConfigureAwait(false);
        _run.Patrons.TryGetCheck(id, out LiveCheck? check);
        return new UndoPatron(id, user, check!.Before, PatronRestoration.NothingToDo(_run, user, id));
    }
}
