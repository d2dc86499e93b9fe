using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// The routes side by side, for whoever has named none: there is no default, since they differ in who acts, in what
/// Alma checks by itself, and in what becomes of the statistics.
/// </summary>
public static class RouteChoice
{
    /// <summary>The error for a missing route, with what this institution allows. Sends GET requests only.</summary>
    /// <param name="session">The connection; null where there is none to ask.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    public static async Task<AlmaPurgeException> MissingAsync(AlmaSession? session, CancellationToken cancellationToken)
    {
        const string notAsked = "not known, there is no connection to ask Alma";
        string setJob = session is null ? notAsked : await AskAsync(SetJobAsync, session, cancellationToken).ConfigureAwait(false);
        string userDelete = session is null ? notAsked : await AskAsync(UserDeleteAsync, session, cancellationToken).ConfigureAwait(false);
        return new AlmaPurgeException(
            "RouteMissing",
            AlmaPurgeErrorKind.InvalidArgument,
            string.Join(Environment.NewLine, new[]
            {
                "There is no default route, since the routes differ in who acts and in what Alma itself checks. Nothing was done.",
                $"SetJob: Alma's set-based job '{PurgeUsersJob.JobName}' takes the whole set at once, with few calls; it cannot be stopped. Here: {setJob}.",
                $"UserDelete: each patron is looked at and deleted by a call of its own, with the classic job's criteria applied by this module; slower, and it can be stopped in between. Here: {userDelete}.",
                "Handoff: staff run Alma's classic page 'Purge User Records' with values that are written down for them, and this module checks before and after; needs a purge group. Here: possible, where somebody may open Admin > User Management > Purge User Records, which every Alma has.",
                "Patrons may keep their own user group by SetJob or UserDelete (Set-AlmaPurgeDate -KeepUserGroup), which keeps statistics by that group.",
            }),
            "Give one of them as -Route. Get-Help Start-AlmaPurgeJob -Parameter Route compares them.",
            "Route");
    }

    /// <summary>The error for a purge that is to be split by day on a route that takes everybody at once.</summary>
    public static AlmaPurgeException NotSplit(AlmaPurgeRoute route) => new(
        "SplitNeedsUserDelete",
        AlmaPurgeErrorKind.InvalidArgument,
        $"-SplitByDay does not go with the route {route}: Alma takes the set, or the purge group, in one piece. Nothing was done.",
        "Leave -SplitByDay out, or use -Route UserDelete, which takes one patron after the other. For SetJob and Handoff make several runs of fewer patrons (Select-Object -First before New-AlmaUserSet).",
        route);

    private static async Task<string> SetJobAsync(AlmaSession session, CancellationToken cancellationToken)
    {
        AlmaJobRecord? job = await PurgeUsersJob.FindAsync(session.Reader, cancellationToken).ConfigureAwait(false);
        return job is null
            ? "not possible, Alma offers no such job to this key"
            : session.Connection.EnvironmentType == AlmaEnvironmentType.Simulated
                ? $"possible, the job is {job.Id}"
                : $"possible with -JobTemplate, the job is {job.Id}";
    }

    // Alma tells whether a key may write only to whoever writes.
    private static async Task<string> UserDeleteAsync(AlmaSession session, CancellationToken cancellationToken)
    {
        await session.Reader.TestAsync(AlmaArea.Users, cancellationToken).ConfigureAwait(false);
        return "possible if the key has read/write permission for the area Users, which shows at the first deletion; it may read there";
    }

    private static async Task<string> AskAsync(
        Func<AlmaSession, CancellationToken, Task<string>> ask,
        AlmaSession session,
        CancellationToken cancellationToken)
    {
        try
        {
            return await ask(session, cancellationToken).ConfigureAwait(false);
        }
        catch (AlmaApiException e) when (e.Kind is AlmaErrorKind.Forbidden or AlmaErrorKind.Unauthorized)
        {
            return "not possible with this key, which lacks the area";
        }
        catch (AlmaApiException e)
        {
            return $"not known, Alma gave no answer ({e.Kind})";
        }
        catch (AlmaPurgeException e)
        {
            return $"not possible: {e.Message}";
        }
    }
}
