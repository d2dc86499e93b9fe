namespace AlmaPurge.Core.Readiness;

/// <summary>Whether the calls that are left today are enough.</summary>
internal sealed class CallsCheck : ReadinessCheck
{
    // Check and last look read the user and three lists of fees each; the verification reads the user. A deletion reads
    // and deletes besides.
    private const int CallsForEach = 9;
    private const int CallsForEachDeletion = 11;
    private const int CallsInAnyCase = 60;
    private const int MembersPerPage = 100;
    private const int ReadingsOfEverybody = 12;

    public override string Name => "Calls";

    protected override string AskRemedy => "Give -CandidateCount; Get-AlmaConnection shows the calls that are left today.";

    /// <summary>Calls that a purge of so many takes, rather too many than too few.</summary>
    public static long Needed(int candidates, AlmaPurgeRoute? route)
    {
        long each = route is AlmaPurgeRoute.SetJob or AlmaPurgeRoute.Handoff ? CallsForEach : CallsForEachDeletion;
        long pages = (candidates / MembersPerPage) + 1;
        return (each * candidates) + (ReadingsOfEverybody * pages) + CallsInAnyCase;
    }

    protected override Task<AlmaReadinessCheck> CheckAsync(ReadinessContext context, CancellationToken cancellationToken) =>
        Task.FromResult(Check(context));

    private AlmaReadinessCheck Check(ReadinessContext context)
    {
        AlmaConnection connection = context.Session.Connection;
        if (context.Options.CandidateCount is not { } count)
        {
            return Ask("How many patrons there are was not told.");
        }

        if (connection.CallsLeftToday is not { } left)
        {
            return Ask("Alma does not tell how many calls are left today.");
        }

        long usable = Math.Max(0, left - connection.DailyCallFloor);
        long needed = Needed(count, context.Options.Route);
        string detail = FormattableString.Invariant($"{count} patrons take up to {needed} calls; {usable} may be used today.");
        return needed > usable
            ? Fail(detail, "Purge fewer at a time, or begin after midnight GMT, when the count begins anew.")
            : needed > usable / 2
                ? Warn(detail, "Other programs of the institution need calls too: begin after midnight GMT, or purge fewer at a time.")
                : Pass(detail);
    }
}
