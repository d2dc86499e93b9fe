using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps.Subtract;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Takes those who owe off the list, by the fines files alone; changes nothing in Alma. Candidates may be handed over
/// one by one, as they come.
/// </summary>
public sealed class SubtractStep : IDisposable
{
    private const string Activity = "Taking off those who owe";
    private const int EvidenceKept = 4096;

    // Of a patron in a fines file nothing is known but fees, so no other rule has anything to say.
    private static readonly OwesFeesRule s_rule = new();

    private readonly PurgeRun _run;
    private readonly FinesTable _fines;
    private readonly IStepReporter _reporter;
    private readonly StepScope _scope;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<string?[]> _archive;
    private readonly PatronFacts _facts;
    private readonly HashSet<string> _evidence = new(StringComparer.Ordinal);
    private readonly bool _mayBeExcluded;
    private int _done;
    private int _owing;
    private int _zerosDiffer;
    private bool _isDisposed;

    /// <summary>Begins the step.</summary>
    /// <param name="run">The run of the candidates.</param>
    /// <param name="fines">Who is in the fines files.</param>
    /// <param name="reporter">Told of progress, and of how the join went.</param>
    public SubtractStep(PurgeRun run, FinesTable fines, IStepReporter reporter)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(fines);
        _run = run;
        _fines = fines;
        _reporter = reporter;
        _facts = new PatronFacts
        {
            Source = FactSource.File,
            PrimaryId = "",
            Today = DateOnly.FromDateTime(run.Time.GetLocalNow().Date),
        };
        // Asked once: nearly always nobody is, and then a million look-ups would be for nothing.
        _mayBeExcluded = run.Patrons.HasExcludedCandidates;
        _scope = run.BeginStep(StepNames.Subtract);
        _archive = new InputArchive(run, StepNames.Subtract, FinesFile.Columns).StartAsync(fines.Sources, _stop.Token);
        foreach (ref FinesEntry entry in fines.Entries)
        {
            entry.IsMatched = false;
        }
    }

    /// <summary>How the join has gone so far.</summary>
    public FinesJoin Join
    {
        get
        {
            int matched = 0;
            foreach (ref FinesEntry entry in _fines.Entries)
            {
                matched += entry.IsMatched ? 1 : 0;
            }

            return new FinesJoin(
                _fines.RowCount,
                _fines.PatronCount,
                _fines.RowCount - _fines.PatronCount,
                matched,
                _fines.PatronCount - matched,
                _owing,
                _fines.IgnoredCount);
        }
    }

    /// <summary>Gives those who owe nothing.</summary>
    /// <param name="candidates">Candidates of the run.</param>
    /// <param name="cancellationToken">Stops the step.</param>
    public IEnumerable<AlmaPurgeCandidate> Run(
        IEnumerable<AlmaPurgeCandidate> candidates, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        foreach (AlmaPurgeCandidate candidate in candidates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Passes(candidate))
            {
                yield return candidate;
            }
        }

        Complete();
    }

    /// <summary>Those of a block who owe nothing; whoever owes is excluded from the run.</summary>
    /// <param name="candidates">Candidates of the run.</param>
    public AlmaPurgeCandidate[] Passing(AlmaPurgeCandidate[] candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        AlmaPurgeCandidate[] passing = new AlmaPurgeCandidate[candidates.Length];
        int count = 0;
        foreach (AlmaPurgeCandidate candidate in candidates)
        {
            if (Passes(candidate))
            {
                passing[count++] = candidate;
            }
        }

        return count == passing.Length ? passing : passing[..count];
    }

    /// <summary>Whether a candidate owes nothing; whoever owes is excluded from the run.</summary>
    /// <param name="candidate">A candidate of the run.</param>
    public bool Passes(AlmaPurgeCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        if ((++_done & 0xFFF) == 0)
        {
            _reporter.Progress(new StepProgress(Activity, FormattableString.Invariant($"{_owing} owe"), _done));
        }

        if (_mayBeExcluded
            && !_run.Patrons.IsRemaining(candidate.PrimaryId)
            && !_run.Patrons.IsUnreached(candidate.PrimaryId))
        {
            // Handed over once more, after another step had kept this patron.
            return false;
        }

        int number = _fines.NumberOf(candidate);
        if (number < 0)
        {
            return true;
        }

        ref FinesEntry entry = ref _fines.Entries[number];
        entry.IsMatched = true;
        bool zerosDiffer = !entry.PrimaryId.Equals(candidate.PrimaryId, StringComparison.OrdinalIgnoreCase);
        _zerosDiffer += zerosDiffer ? 1 : 0;
        if (Judge(candidate.PrimaryId, entry) is not { } evidence)
        {
            return true;
        }

        _owing++;
        string id = candidate.PrimaryId == entry.PrimaryId ? entry.PrimaryId : candidate.PrimaryId;
        _run.Patrons.Exclude(id, StepNames.Subtract, OwesFeesRule.RuleName, Shared(evidence));
        return false;
    }

    /// <summary>All candidates have come.</summary>
    public void Complete()
    {
        FinesJoin join = Join;
        _reporter.Verbose(join.ToString());
        if (_zerosDiffer > 0)
        {
            _reporter.Warn(FormattableString.Invariant(
                $"{_zerosDiffer} patrons were found in the fines file with a different number of leading zeros. ")
                + "A spreadsheet may have taken them away: check both files.");
        }

        if (join is { Patrons: > 0, Matched: 0 } && _done > 0)
        {
            _reporter.Warn(FormattableString.Invariant(
                $"None of the {join.Patrons} patrons in the fines file is a candidate. ")
                + "Make sure that it is the right file and has the same identifiers.");
        }

        string?[] copies = _archive.GetAwaiter().GetResult();
        RunInput[] inputs = [.. _fines.Inputs.Select((input, i) => input with { Archive = copies[i] })];
        _run.Update(d => d with { Inputs = [.. d.Inputs, .. inputs] });
        _scope.Complete();
    }

    /// <summary>Ends the step; without <see cref="Complete"/>, the run counts as partial.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        // Nothing is written into the folder any more once the step has ended, however it ends.
        _isDisposed = true;
        _stop.Cancel();
        Task.WhenAny(_archive).GetAwaiter().GetResult();
        _stop.Dispose();
        _scope.Dispose();
    }

    private string? Judge(string primaryId, in FinesEntry entry)
    {
        if (entry.OwesAnyway is { } reason)
        {
            return reason;
        }

        _facts.PrimaryId = primaryId;
        _facts.Fees = Fact<IReadOnlyList<PatronFee>>.Known(entry.Fees());
        return s_rule.Judge(_facts, _run.Criteria);
    }

    // Many owe the same, and what an exclusion holds lives as long as the run.
    private string Shared(string evidence)
    {
        if (_evidence.TryGetValue(evidence, out string? known))
        {
            return known;
        }

        if (_evidence.Count < EvidenceKept)
        {
            _evidence.Add(evidence);
        }

        return evidence;
    }
}
