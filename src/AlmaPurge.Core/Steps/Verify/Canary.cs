using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// A user known to exist. "Not found" is also what a wrong key or institution answers, so it proves a purge only where
/// somebody else is found.
/// </summary>
internal sealed class Canary
{
    private readonly PurgeRun _run;
    private readonly IAlmaReader _reader;

    public Canary(PurgeRun run, IAlmaReader reader)
    {
        _run = run;
        _reader = reader;
    }

    /// <summary>The id of a user who was found just now.</summary>
    /// <param name="canaryId">The operator's choice; null to choose one.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <exception cref="AlmaPurgeException">Nobody is found.</exception>
    public async Task<string> RequireFoundAsync(string? canaryId, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> choices = canaryId is null
            ? await ChooseAsync(cancellationToken).ConfigureAwait(false)
            : [canaryId];
        foreach (string id in choices)
        {
            AlmaUserRecord? user = await _reader.GetUserAsync(id, false, cancellationToken).ConfigureAwait(false);
            if (user is { PrimaryId.IsKnown: true }
                && user.PrimaryId.Value.Trim().Equals(id.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                return id;
            }
        }

        throw new AlmaPurgeException(
            "CanaryNotFound",
            AlmaPurgeErrorKind.SafetyStop,
            $"No user known to exist was found ({string.Join(", ", choices)}), so 'not found' proves nothing.",
            "Check the connection, and give the primary identifier of a user who exists as -CanaryId.",
            canaryId);
    }

    // Anybody of the patrons' own group will do, as long as the run was not going to purge them.
    private async Task<IReadOnlyList<string>> ChooseAsync(CancellationToken cancellationToken)
    {
        List<string> choices = [];
        string group = _run.Criteria.UserGroupCode ?? _run.Criteria.UserGroup;
        IAsyncEnumerable<AlmaUserRecord> users = _reader.FindUsersInGroupAsync(group, cancellationToken);
        await foreach (AlmaUserRecord user in users.ConfigureAwait(false))
        {
            if (user.PrimaryId.IsKnown && !_run.Patrons.IsRemaining(user.PrimaryId.Value))
            {
                choices.Add(user.PrimaryId.Value.Trim());
            }

            if (choices.Count == 3)
            {
                break;
            }
        }

        return choices;
    }
}
