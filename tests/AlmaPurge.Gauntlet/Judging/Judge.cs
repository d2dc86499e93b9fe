using AlmaPurge.Core.Runs;
using AlmaPurge.Gauntlet.Operators;
using AlmaPurge.Gauntlet.Plans;
using AlmaPurge.Gauntlet.World;
using AlmaPurge.Simulator;

namespace AlmaPurge.Gauntlet.Judging;

/// <summary>Judges a case by what the simulator itself says of its patrons.</summary>
internal sealed class Judge
{
    // Causes that say "I cannot tell" or "somebody dropped it", which anything may bring about.
    private static readonly string[] s_causesOfTrouble = ["CheckFailed", "Drifted", "NotPassedOn", "CheckTooOld"];

    private readonly CaseWorld _world;
    private readonly CaseRecord _record;
    private readonly Verdict _verdict = new();
    private readonly ReleaseJudge _releases;
    private readonly HashSet<string> _gone;
    private readonly Dictionary<string, ManifestEntry> _manifest;

    private Judge(CaseWorld world, CaseRecord record)
    {
        _world = world;
        _record = record;
        _releases = new ReleaseJudge(world.Plan.Releases, world.Cutoff);
        _gone = new HashSet<string>(world.Simulator.Purged.Select(p => p.PrimaryId), StringComparer.OrdinalIgnoreCase);
        _manifest = world.Simulator.ManifestFor(CaseWorld.Group, world.Cutoff)
            .ToDictionary(e => e.PrimaryId, StringComparer.OrdinalIgnoreCase);
    }

    public static Verdict Of(CaseWorld world, CaseRecord record)
    {
        Judge judge = new(world, record);
        judge.JudgeRisk();
        judge.JudgePurged();
        judge.JudgeAccounts();
        judge.JudgeKept();
        judge.JudgeMarks();
        judge._verdict.Crashes.AddRange(record.Crashes);
        return judge._verdict;
    }

    private void JudgeRisk()
    {
        HashSet<string> proposed = new(_record.Imported, StringComparer.OrdinalIgnoreCase);
        foreach (ManifestEntry entry in _manifest.Values)
        {
            SimulatedUser? user = _world.Simulator.FindUser(entry.PrimaryId);
            if (user is not null && _releases.Left(entry.Reasons, user.InitialState).Count == 0)
            {
                continue;
            }

            _verdict.AtRisk++;
            _verdict.AtRiskProposed += proposed.Contains(entry.PrimaryId) ? 1 : 0;
        }

        _verdict.MayGo = _world.Plan.Patrons - _verdict.AtRisk;
        _verdict.Purged = _world.Simulator.Purged.Count;
    }

    private void JudgePurged()
    {
        Dictionary<string, PurgeRecord> records = _world.Simulator.Purged
            .GroupBy(p => p.PrimaryId, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => g.Last(), StringComparer.OrdinalIgnoreCase);
        foreach (ManifestEntry wrong in _world.Simulator.WronglyPurged(CaseWorld.Group, _world.Cutoff))
        {
            PurgeRecord record = records[wrong.PrimaryId];
            if (_world.AtRequest.TryGetValue(wrong.PrimaryId, out SimulatedUserSpec? seen) && !Facts(seen).Equals(Facts(record.LastState)))
            {
                _verdict.ChangedAtTheLast++;
                continue;
            }

            IReadOnlyList<string> left = _releases.Left(wrong.Reasons, record.InitialState, record.LastState);
            if (left.Count > 0)
            {
                _verdict.WronglyPurged.Add(FormattableString.Invariant(
                    $"{wrong.PrimaryId}: {string.Join(' ', left)} ({record.Way}, touched {_record.Touched.Contains(wrong.PrimaryId)})"));
            }
        }
    }

    private void JudgeAccounts()
    {
        if (_record.Run is not { } run)
        {
            _verdict.Unaccounted.AddRange(_gone.Select(id => $"{id}: gone, and there is no run"));
            return;
        }

        HashSet<string> excluded = new(run.Patrons.Exclusions().Select(e => e.PrimaryId), StringComparer.OrdinalIgnoreCase);
        foreach (string id in _record.Imported.Where(id => id.Length > 0))
        {
            if (!run.Patrons.IsCandidate(id) && !excluded.Contains(id))
            {
                _verdict.Unaccounted.Add($"{id}: was in the file and is nowhere in the run");
            }
        }

        if (_record.Results is { } results)
        {
            JudgeResults(run, results);
        }
        else
        {
            _verdict.Unaccounted.AddRange(_gone.Select(id => $"{id}: gone, and the verification never said so"));
        }
    }

    private void JudgeResults(PurgeRun run, IReadOnlyList<AlmaPurgeResult> results)
    {
        Dictionary<string, AlmaPurgeResult> byId = new(StringComparer.OrdinalIgnoreCase);
        foreach (AlmaPurgeResult result in results)
        {
            byId[result.PrimaryId] = result;
            if (!IsTrue(result))
            {
                _verdict.Unaccounted.Add(FormattableString.Invariant(
                    $"{result.PrimaryId}: said to be {result.Status} ({result.Rule} {result.Detail}), gone: {_gone.Contains(result.PrimaryId)}"));
            }
        }

        _verdict.Unaccounted.AddRange(run.Patrons.CandidateIds().Where(id => !byId.ContainsKey(id)).Select(id => $"{id}: has no result"));
        _verdict.Unaccounted.AddRange(_gone.Where(id => !byId.ContainsKey(id)).Select(id => $"{id}: gone, without a result"));
    }

    private bool IsTrue(AlmaPurgeResult result)
    {
        bool isGone = _gone.Contains(result.PrimaryId);
        bool isThere = _world.Simulator.FindUser(result.PrimaryId) is { IsDeleted: false };
        return result.Status switch
        {
            // A patron who has another identifier now, or never was there, is not there under this one either.
            AlmaPurgeStatus.Purged => !isThere,
            AlmaPurgeStatus.Recreated => isGone && isThere,
            AlmaPurgeStatus.Unknown => _world.Plan.Faults.Count > 0,
            _ => !isGone || isThere,
        };
    }

    private void JudgeKept()
    {
        HashSet<string> members = new(
            _world.Simulator.Users.Where(u => u.InitialState.UserGroup == CaseWorld.Group).Select(u => u.InitialState.PrimaryId),
            StringComparer.OrdinalIgnoreCase);
        foreach (string id in _record.Imported.Where(members.Contains))
        {
            if (_gone.Contains(id) || _record.Touched.Contains(id) || IsToStay(id) || HasChanged(id))
            {
                continue;
            }

            (string cause, bool isFair) = CauseOf(id);
            _verdict.KeptByCause[cause] = _verdict.KeptByCause.GetValueOrDefault(cause) + 1;
            if (!isFair || _world.Plan.IsCalm)
            {
                _verdict.KeptWrongly.Add($"{id}: {cause}");
            }
        }
    }

    private bool IsToStay(string id) =>
        _manifest.TryGetValue(id, out ManifestEntry? entry)
        && _world.Simulator.FindUser(id)!.InitialState is { } state
        && (_releases.Left(entry.Reasons, state).Count > 0 || ReleaseJudge.MayCount(state, Math.Min(AlmasThreshold, _world.Plan.Releases.FeeTolerance)));

    // Misbehaving libraries change patrons as well; what became of them is no more what the manifest says.
    private bool HasChanged(string id) =>
        _world.Simulator.FindUser(id) is { } user && !Facts(user.State).Equals(Facts(user.InitialState));

    private static object Facts(SimulatedUserSpec s) =>
        (s.OpenLoans, s.OpenRequests, s.ExpiryDate, s.Status, s.RecordType, s.Fees.Count, s.Roles.Count, s.Blocks.Count);

    // Alma refuses to delete whoever owes anything; only its job has a threshold.
    private decimal AlmasThreshold => _world.Plan.Route == AlmaPurgeRoute.UserDelete ? 0 : _world.Plan.WaiveThreshold;

    private (string Cause, bool IsFair) CauseOf(string id)
    {
        AlmaPurgeExclusion? exclusion = _record.Run?.Patrons.Exclusions()
            .FirstOrDefault(e => e.PrimaryId.Equals(id, StringComparison.OrdinalIgnoreCase));
        if (exclusion is not null)
        {
            return (exclusion.Rule, s_causesOfTrouble.Contains(exclusion.Rule));
        }

        if (_record.Results is not null)
        {
            return ("kept by Alma", _world.Plan.Faults.Count > 0 || _world.Plan.Happenings.Count > 0);
        }

        string stop = _record.Stops.Count > 0 ? _record.Stops[^1].ErrorId : "nothing was said";
        return ($"the run stopped: {stop}", _record.Stops.Count > 0);
    }

    private void JudgeMarks()
    {
        MarkEntry? mark = _record.Run?.Document.Mark;
        foreach (SimulatedUser user in _world.Simulator.Users.Where(u => !u.IsDeleted))
        {
            bool isMarked = IsMarked(user, mark);
            bool isProposed = _record.Run?.Patrons.IsCandidate(user.PrimaryId) == true;
            if (!isProposed && isMarked && !_record.Touched.Contains(user.PrimaryId))
            {
                _verdict.BystandersChanged.Add($"{user.PrimaryId}: {user.UserGroup} {user.PurgeDate}");
            }
            else if (isMarked && (IsNamed(user.PrimaryId) || IsOpen()))
            {
                _verdict.NamedMarked++;
            }
            else if (isMarked && isProposed)
            {
                _verdict.LeftMarked.Add($"{user.PrimaryId}: {user.UserGroup} {user.PurgeDate}");
            }
        }
    }

    private static bool IsMarked(SimulatedUser user, MarkEntry? mark) =>
        (user.UserGroup == CaseWorld.PurgeGroup && user.InitialState.UserGroup != CaseWorld.PurgeGroup && !IsStranger(user))
        || (mark is not null && IsNear(user.PurgeDate, mark) && !IsNear(user.InitialState.PurgeDate, mark));

    // A day off is the marking all the same.
    private static bool IsNear(DateOnly? date, MarkEntry mark) =>
        date is { } day && Math.Abs(day.DayNumber - mark.PurgeDate.DayNumber) <= 1;

    // Whom other staff put into the purge group is their business, as long as the tool has not touched them.
    private static bool IsStranger(SimulatedUser user) => user.InitialState.UserGroup != CaseWorld.Group;

    private bool IsNamed(string id) =>
        _record.Named.Contains(id)
        || !_record.IsUndone && _record.Results?.Any(r => r.PrimaryId.Equals(id, StringComparison.OrdinalIgnoreCase)
            && r.Detail?.Contains("still marked", StringComparison.Ordinal) == true) == true;

    // A run that is not at its end says itself that it has to go on, and lists whom it has marked.
    private bool IsOpen() => !_record.IsUndone && _record.Run is not null && RunView.StateOf(_record.Run) != AlmaPurgeRunState.Verified;
}
