using System.Globalization;
using System.Text;

namespace AlmaPurge.Gauntlet.Reports;

/// <summary>Adds up the cases.</summary>
internal sealed class GauntletTable
{
    private readonly object _lock = new();
    private readonly SortedDictionary<string, int> _kept = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _stops = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _faults = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _sources = new(StringComparer.Ordinal);
    private readonly HashSet<string> _combinations = new(StringComparer.Ordinal);
    private readonly List<string> _findings = [];
    private int _calm;
    private int _verified;
    private int _atRisk;
    private int _atRiskProposed;
    private int _mayGo;
    private int _purged;
    private int _wrong;
    private int _unaccounted;
    private int _leftMarked;
    private int _namedMarked;
    private int _keptWrongly;
    private int _bystanders;
    private int _crashes;
    private int _changedAtTheLast;

    /// <summary>Cases so far.</summary>
    public int Cases { get; private set; }

    /// <summary>Patrons so far.</summary>
    public int Patrons { get; private set; }

    /// <summary>Whether anything is other than it must be.</summary>
    public bool HasFindings => _findings.Count > 0;

    public IReadOnlyList<string> Findings => _findings;

    public void Add(CaseResult result)
    {
        lock (_lock)
        {
            Cases++;
            Patrons += result.Plan.Patrons;
            _calm += result.Plan.IsCalm ? 1 : 0;
            _verified += result.Record.Results is null ? 0 : 1;
            _combinations.Add(FormattableString.Invariant($"{result.Plan.Seed} {string.Join(' ', result.Plan.Faults)}"));
            AddCounts(result);
            string way = FormattableString.Invariant($"{result.Plan.Source}, {result.Plan.Route}");
            Count(_sources, way + ": cases", 1);
            Count(_sources, way + ": purged", result.Verdict.Purged);
            foreach (string fault in result.Plan.Faults.Select(f => f.Split(':', '@')[0]))
            {
                Count(_faults, fault, 1);
            }

            foreach ((string step, string errorId, _) in result.Record.Stops)
            {
                Count(_stops, $"{step} {errorId}", 1);
            }

            _findings.AddRange(result.Verdict.Findings.Select(f => FormattableString.Invariant($"--seed {result.Plan.Seed}: {f}")));
        }
    }

    public override string ToString()
    {
        StringBuilder text = new();
        Line(text, "library-and-fault combinations", _combinations.Count);
        Line(text, "  calm: nothing misbehaves, nobody interferes", _calm);
        Line(text, "  verified to the end", _verified);
        Line(text, "patrons", Patrons);
        Line(text, "  at risk: must not be purged", _atRisk);
        Line(text, "  at risk and in the files", _atRiskProposed);
        Line(text, "  may go", _mayGo);
        Line(text, "  purged", _purged);
        Line(text, "wrongly purged                    (must be 0)", _wrong);
        Line(text, "unaccounted                       (must be 0)", _unaccounted);
        Line(text, "marked survivors left, not named  (must be 0)", _leftMarked);
        Line(text, "bystanders changed                (must be 0)", _bystanders);
        Line(text, "kept without need and cause       (must be 0)", _keptWrongly);
        Line(text, "errors that are none of ours      (must be 0)", _crashes);
        Line(text, "changed after the request to purge had left", _changedAtTheLast);
        Line(text, "marked and named as not settled", _namedMarked);
        Section(text, "sources and routes", _sources);
        Section(text, "kept without need, by the cause that was given", _kept);
        Section(text, "refusals and stops", _stops);
        Section(text, "faults, by cases", _faults);
        return text.ToString();
    }

    private void AddCounts(CaseResult result)
    {
        Judging.Verdict verdict = result.Verdict;
        _atRisk += verdict.AtRisk;
        _atRiskProposed += verdict.AtRiskProposed;
        _mayGo += verdict.MayGo;
        _purged += verdict.Purged;
        _wrong += verdict.WronglyPurged.Count;
        _unaccounted += verdict.Unaccounted.Count;
        _leftMarked += verdict.LeftMarked.Count;
        _namedMarked += verdict.NamedMarked;
        _keptWrongly += verdict.KeptWrongly.Count;
        _bystanders += verdict.BystandersChanged.Count;
        _changedAtTheLast += verdict.ChangedAtTheLast;
        _crashes += verdict.Crashes.Count;
        foreach ((string cause, int count) in verdict.KeptByCause)
        {
            Count(_kept, cause, count);
        }
    }

    private static void Count(SortedDictionary<string, int> counts, string name, int by) =>
        counts[name] = counts.GetValueOrDefault(name) + by;

    private static void Section(StringBuilder text, string title, SortedDictionary<string, int> counts)
    {
        text.AppendLine().AppendLine(title);
        foreach ((string name, int count) in counts)
        {
            Line(text, "  " + name, count);
        }
    }

    private static void Line(StringBuilder text, string name, int count) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"{name,-60} {count,9:N0}");
}
