using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>Reads a set's members and holds them against the run, id by id.</summary>
internal static class SetReading
{
    private const int MaximumReadings = 10;

    /// <summary>All members.</summary>
    public static async Task<HashSet<string>> MembersAsync(
        IAlmaReader reader,
        string setId,
        CancellationToken cancellationToken)
    {
        HashSet<string> members = new(StringComparer.OrdinalIgnoreCase);
        await foreach (string id in reader.GetSetMemberIdsAsync(setId, cancellationToken).ConfigureAwait(false))
        {
            members.Add(id.Trim());
        }

        return members;
    }

    /// <summary>All members, by two complete readings some time apart that agree.</summary>
    /// <exception cref="AlmaPurgeException">They went on to differ.</exception>
    public static async Task<HashSet<string>> SettledMembersAsync(
        IAlmaReader reader,
        string setId,
        CancellationToken cancellationToken)
    {
        HashSet<string> last = await MembersAsync(reader, setId, cancellationToken).ConfigureAwait(false);
        for (int i = 1; i < MaximumReadings; i++)
        {
            await Task.Delay(reader.Facts.ReadingsApart, reader.Facts.Time, cancellationToken).ConfigureAwait(false);
            HashSet<string> next = await MembersAsync(reader, setId, cancellationToken).ConfigureAwait(false);
            if (next.SetEquals(last))
            {
                return next;
            }

            last = next;
        }

        throw new AlmaPurgeException(
            "SetUnsettled",
            AlmaPurgeErrorKind.SafetyStop,
            FormattableString.Invariant($"{MaximumReadings} readings of the user set {setId} went on to differ."),
            "Somebody is changing the set, or Alma has not caught up. Wait, then repeat the step.",
            setId);
    }

    /// <summary>Whether there is such a set.</summary>
    public static async Task<bool> ExistsAsync(IAlmaReader reader, string setId, CancellationToken cancellationToken)
    {
        try
        {
            await reader.GetSetAsync(setId, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (AlmaApiException e) when (e.Kind == AlmaErrorKind.NotFound)
        {
            return false;
        }
    }

    /// <summary>Stops if the set holds anybody who is not a remaining patron of the run.</summary>
    public static void RequireNobodyElse(HashSet<string> members, PurgeRun run, string setName)
    {
        List<string> others = [.. members.Where(id => !run.Patrons.IsRemaining(id))];
        if (others.Count > 0)
        {
            throw new AlmaPurgeException(
                "SetHoldsOthers",
                AlmaPurgeErrorKind.SafetyStop,
                FormattableString.Invariant($"The set '{setName}' holds {others.Count} user(s) who are not to be purged by the run {run.RunId}, such as '{others[0]}'."),
                "Look at the set in Alma (Manage Sets): somebody else may have changed it. Start a new run.",
                others[0]);
        }
    }
}
