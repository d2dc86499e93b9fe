using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Reads who is in the purge group. Alma's search index lags behind its records (inferred from clients that repeat
/// searches), so only two complete readings that agree count.
/// </summary>
internal static class PurgeGroupReading
{
    private const int MaximumReadings = 20;
    private const string Unreadable = "(a user whose primary identifier cannot be read)";

    /// <summary>Everybody in the group by primary identifier.</summary>
    /// <exception cref="AlmaPurgeException">No two readings in a row agreed.</exception>
    public static async Task<Dictionary<string, AlmaUserRecord>> ReadAsync(
        IAlmaReader reader,
        string groupCode,
        CancellationToken cancellationToken)
    {
        Dictionary<string, AlmaUserRecord> last =
            await ReadOnceAsync(reader, groupCode, cancellationToken).ConfigureAwait(false);
        for (int i = 1; i < MaximumReadings; i++)
        {
            await Task
                .Delay(reader.Facts.ReadingsApart, reader.Facts.Time, cancellationToken)
                .ConfigureAwait(false);
            Dictionary<string, AlmaUserRecord> next =
                await ReadOnceAsync(reader, groupCode, cancellationToken).ConfigureAwait(false);
            if (Agree(last, next))
            {
                return next;
            }

            last = next;
        }

        throw new AlmaPurgeException(
            "PurgeGroupUnsettled",
            AlmaPurgeErrorKind.SafetyStop,
            FormattableString.Invariant($"{MaximumReadings} readings of the user group {groupCode} went on to differ."),
            "Something else changes users of this group, or Alma's index is behind. Wait, then repeat the step.",
            groupCode);
    }

    private static async Task<Dictionary<string, AlmaUserRecord>> ReadOnceAsync(
        IAlmaReader reader,
        string groupCode,
        CancellationToken cancellationToken)
    {
        Dictionary<string, AlmaUserRecord> users = new(StringComparer.OrdinalIgnoreCase);
        IAsyncEnumerable<AlmaUserRecord> found = reader.FindUsersInGroupAsync(groupCode, cancellationToken);
        await foreach (AlmaUserRecord user in found.ConfigureAwait(false))
        {
            users[user.PrimaryId.IsKnown ? user.PrimaryId.Value.Trim() : Unreadable] = user;
        }

        return users;
    }

    private static bool Agree(Dictionary<string, AlmaUserRecord> a, Dictionary<string, AlmaUserRecord> b) =>
        a.Count == b.Count
        && a.All(pair => b.TryGetValue(pair.Key, out AlmaUserRecord? other) && SameDate(pair.Value, other));

    private static bool SameDate(AlmaUserRecord a, AlmaUserRecord b) =>
        a.PurgeDate.State == b.PurgeDate.State && (!a.PurgeDate.IsKnown || a.PurgeDate.Value == b.PurgeDate.Value);
}
