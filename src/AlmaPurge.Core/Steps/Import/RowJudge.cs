using System.Text;
using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tables.Ids;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>
/// Lets the rules judge rows. Of a million rows, few differ in anything that a rule looks at: the traits, and whether
/// each date is there and before its cutoff. So the rules judge the first row of each kind, and every row that is not
/// plainly safe; the others of a kind that is safe are safe too.
/// </summary>
/// <remarks>
/// That holds as long as rules look at dates in no other way than against the cutoffs, and at the identifier in no
/// other way than the keep list; a test compares the two ways
/// of judging on rows of all kinds, so a new rule that does otherwise is noticed there.
/// </remarks>
internal sealed class RowJudge
{
    private const int DayKinds = 5;
    private const byte Safe = 1;
    private const byte Unsafe = 2;

    private readonly RowStore _rows;
    private readonly TraitTable _traits;
    private readonly IReadOnlyList<IPatronSource> _sources;
    private readonly IReadOnlyDictionary<int, RowConflict> _conflicts;
    private readonly PurgeCriteria _criteria;
    private readonly PatronFacts _facts;
    private readonly RowDayKinds _expiryKinds;
    private readonly RowDayKinds _activityKinds;
    private readonly byte[] _verdicts;
    private readonly HashSet<uint>? _keptHashes;

    public RowJudge(ImportedPatrons patrons, PurgeCriteria criteria, DateOnly today)
    {
        _rows = patrons.Rows;
        _traits = patrons.Traits;
        _sources = patrons.Sources;
        _conflicts = patrons.Conflicts;
        _criteria = criteria;
        _facts = new PatronFacts { Source = FactSource.File, PrimaryId = "", Today = today };
        _expiryKinds = new RowDayKinds(criteria.ExpiredBefore);
        _activityKinds = new RowDayKinds(criteria.InactiveSince);
        _keptHashes = criteria.KeepList.Count == 0
            ? null
            : [.. criteria.KeepList.Ids.Select(id => PatronId.Hash(Encoding.UTF8.GetBytes(id)))];
        _verdicts = new byte[_traits.Count * DayKinds * DayKinds * DayKinds];
    }

    /// <summary>Whether no rule keeps the patron.</summary>
    public bool IsSafe(int number)
    {
        ref PatronRow row = ref _rows[number];
        if (row.Damage != IdDamage.None || row.State == RowState.Conflict)
        {
            return false;
        }

        if (_keptHashes?.Contains(row.Hash) == true && _criteria.KeepList.OriginOf(_rows.TextOf(row)) is not null)
        {
            return false;
        }

        int kind = (((((row.Traits * DayKinds) + _expiryKinds.Of(row.Expiry)) * DayKinds)
            + _activityKinds.Of(row.Activity)) * DayKinds) + (int)row.Purge.State;
        if (_verdicts[kind] == 0)
        {
            _verdicts[kind] = Judge(number).Count == 0 ? Safe : Unsafe;
        }

        return _verdicts[kind] == Safe;
    }

    /// <summary>All rules that keep the patron.</summary>
    public IReadOnlyList<RuleFinding> Judge(int number)
    {
        ref PatronRow row = ref _rows[number];
        IPatronSource source = _sources[row.File];
        _facts.PrimaryId = row.Damage == IdDamage.Blank ? "" : _rows.TextOf(row);
        _facts.IdentifierDamage = row.Damage is IdDamage.None or IdDamage.Blank
            ? null
            : $"{row.Damage.Describe()} (row {row.Row} of {source.Name})";
        _facts.RowConflict = _conflicts.GetValueOrDefault(number)?.Describe(!_criteria.Pseudonymize);
        _traits[row.Traits].CopyTo(_facts);
        _facts.ExpiryDate = row.Expiry.ToFact(source.UnreadableText(KnownColumn.ExpiryDate, row.Row));
        _facts.PurgeDate = row.Purge.ToFact(source.UnreadableText(KnownColumn.PurgeDate, row.Row));
        _facts.LastActivityDate = row.Activity.ToFact(source.UnreadableText(KnownColumn.LastActivityDate, row.Row));
        return RuleBook.Judge(_facts, _criteria);
    }

    /// <summary>Sorts days into those before a cutoff, those not, and those that are none.</summary>
    private readonly struct RowDayKinds(DateOnly cutoff)
    {
        private readonly RowDay _cutoff = RowDay.Known(cutoff);

        public int Of(RowDay day) => day.State == FactState.Known && !day.IsBefore(_cutoff) ? 4 : (int)day.State;
    }
}
