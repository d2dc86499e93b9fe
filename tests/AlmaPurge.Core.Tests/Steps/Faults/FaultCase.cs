using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps.Faults;

/// <summary>A misbehaviour to try the canonical session against.</summary>
/// <param name="Fault">As it is written for the simulator; several with a blank between them.</param>
/// <param name="Route">How the purge is done.</param>
/// <param name="Write">Strikes at this request that changes something, counted from 1; 0 leaves it to the fault.</param>
public sealed record FaultCase(string Fault, AlmaPurgeRoute Route, int Write = 0)
{
    // Those that can hit any request, and so can hit one that changes something.
    private static readonly string[] s_ofTheLine =
    [
        "throttle", "dailyLimit", "serverError", "htmlErrorPage", "timeout", "resetConnection", "truncatedBody",
    ];

    // The first match is at another step than by default, or the weather is worse, or things come together.
    private static readonly string[] s_more =
    [
        "dropAcceptedPost@2", "dropAcceptedPost@3", "dropAcceptedPost@4", "dropAcceptedPost:1",
        "acceptedDeleteThenCut@7", "acceptedDeleteThenCut:1", "acceptedDeleteThenCut:0.3 barcodeTwin",
        "barcodeTwin timeout:0.02", "jobStuck@2", "jobFailsHalfway@1", "jobFailsHalfway@2", "jobWarning partialMark",
        "doneButUsersRemain barcodeTwin", "groupGone@3", "groupGone@4", "groupGone@5", "environmentSwitched@1",
        "environmentSwitched@3", "environmentSwitched@4", "userReturnsBetween@2", "userReturnsBetween@3",
        "userReturnsBetween@4", "userReturnsBetween:0.2", "studentLoadBetween@40", "studentLoadBetween@125",
        "laggingIndex@2", "laggingIndex@5", "laggingIndex studentLoadBetween", "laggingIndex partialMark",
        "shuffledPages@1", "shuffledPages duplicateMembers laggingIndex", "dailyLimit@1000", "throttle:0.4",
        "serverError:0.4", "htmlErrorPage:0.4", "timeout:0.01", "resetConnection:0.4", "truncatedBody:0.4",
        "throttle:0.05 serverError:0.05 slow:0.05 duplicateMembers shuffledPages laggingIndex",
    ];

    /// <summary>What is tried: each fault as it is, each of the line at each of the first writes, and more.</summary>
    public static IEnumerable<(string Fault, int Write)> All =>
    [
        .. AlmaSimulator.KnownFaults.Select(f => (f, 0)),
        .. s_ofTheLine.SelectMany(f => Enumerable.Range(1, 5).Select(w => (f, w))),
        .. s_more.Select(f => (f, 0)),
    ];
}
