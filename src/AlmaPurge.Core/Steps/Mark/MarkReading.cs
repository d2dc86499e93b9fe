using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>Reads back, id by id, whether the marking took. The job's own word is not enough.</summary>
internal sealed class MarkReading
{
    /// <summary>Ends what is told of a patron whose purge date is one day off.</summary>
    public const string DayOff = ", one day off";

    private readonly PurgeRun _run;
    private readonly IAlmaReader _reader;

    public MarkReading(PurgeRun run, IAlmaReader reader)
    {
        _run = run;
        _reader = reader;
    }

    /// <summary>The patrons on whom the marking did not take, each with what was found instead.</summary>
    /// <param name="mark">What was set.</param>
    /// <param name="expected">Patrons who must have it.</param>
    /// <param name="belongsToGroup">Who may be in the purge group.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <exception cref="AlmaPurgeException">Somebody is in the purge group who does not belong there.</exception>
    public async Task<IReadOnlyDictionary<string, string>> FindUnmarkedAsync(
        MarkEntry mark,
        IReadOnlyList<string> expected,
        Func<string, bool> belongsToGroup,
        CancellationToken cancellationToken)
    {
        HashSet<string> seen = await SeenInGroupAsync(mark, belongsToGroup, cancellationToken).ConfigureAwait(false);
        List<string> doubtful = [.. expected.Where(id => !seen.Contains(id))];
        Dictionary<string, string> unmarked = new(StringComparer.OrdinalIgnoreCase);
        IAsyncEnumerable<(string Id, string? Deviation)> looks = AsyncItems.From(doubtful).SelectAsync(
            _reader.Facts.MaximumConcurrency,
            (id, token) => LookAsync(id, mark, token),
            cancellationToken);
        await foreach ((string id, string? deviation) in looks.ConfigureAwait(false))
        {
            if (deviation is not null)
            {
                unmarked[id] = deviation;
            }
        }

        return unmarked;
    }

    /// <summary>Days between a purge date and the one that was set.</summary>
    public static int DaysOff(DateOnly found, MarkEntry mark) => Math.Abs(found.DayNumber - mark.PurgeDate.DayNumber);

    // One call tells of a hundred users; who is not found there, or not as expected, is then looked up by id, since
    // the index may lag behind.
    private async Task<HashSet<string>> SeenInGroupAsync(
        MarkEntry mark,
        Func<string, bool> belongsToGroup,
        CancellationToken cancellationToken)
    {
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        if (mark.PurgeGroup is not { } group)
        {
            return seen;
        }

        Dictionary<string, AlmaUserRecord> found =
            await PurgeGroupReading.ReadAsync(_reader, group, cancellationToken).ConfigureAwait(false);
        PurgeGroupCheck.RequireOnly(group, found.Keys, belongsToGroup);
        seen.UnionWith(found.Where(pair => Deviation(pair.Value, mark, null) is null).Select(pair => pair.Key));
        return seen;
    }

    private async Task<(string Id, string? Deviation)> LookAsync(
        string id,
        MarkEntry mark,
        CancellationToken cancellationToken)
    {
        AlmaUserRecord? user = await _reader.GetUserAsync(id, false, cancellationToken).ConfigureAwait(false);
        return (id, user is null ? "is gone from Alma" : Deviation(user, mark, id));
    }

    private string? Deviation(AlmaUserRecord user, MarkEntry mark, string? askedFor)
    {
        if (!user.PrimaryId.IsKnown || (askedFor is not null && !Same(user.PrimaryId.Value, askedFor)))
        {
            return "Alma answered with another user";
        }

        if (!user.PurgeDate.IsKnown || user.PurgeDate.Value != mark.PurgeDate)
        {
            string date = user.PurgeDate.IsKnown ? FormattableString.Invariant($"{user.PurgeDate.Value:yyyy-MM-dd}") : "none";
            string shifted = user.PurgeDate.IsKnown && DaysOff(user.PurgeDate.Value, mark) == 1 ? DayOff : "";
            return FormattableString.Invariant($"purge date is {date} instead of {mark.PurgeDate:yyyy-MM-dd}{shifted}");
        }

        string group = user.UserGroup.IsKnown ? user.UserGroup.Value : "not readable";
        string expected = mark.PurgeGroup ?? ExpectedOwnGroup(user.PrimaryId.Value);
        return Same(group, expected) ? null : $"user group is {group} instead of {expected}";
    }

    private string ExpectedOwnGroup(string id) =>
        _run.Patrons.TryGetCheck(id, out LiveCheck? check) ? check.Before.UserGroup : _run.Criteria.UserGroup;

    private static bool Same(string a, string b) => a.Trim().Equals(b.Trim(), StringComparison.OrdinalIgnoreCase);
}
