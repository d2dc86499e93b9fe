using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>
/// Each change in turn gets no answer: it never arrived, it was done and the answer was lost, or nothing came in time.
/// The steps are run again until they are through, and the end must be the one of an undisturbed purge.
/// </summary>
public sealed class ResumeAtEachWriteTests
{
    private const int Patrons = 5;
    private const int MostAttempts = 4;

    public static TheoryData<AlmaPurgeRoute, string, int> Cases()
    {
        TheoryData<AlmaPurgeRoute, string, int> cases = [];
        foreach (string what in (string[])["resetConnection", "dropAcceptedPost", "timeout"])
        {
            for (int write = 1; write <= 3 + Patrons; write++)
            {
                if (write <= 4)
                {
                    cases.Add(AlmaPurgeRoute.SetJob, what, write);
                }

                cases.Add(AlmaPurgeRoute.UserDelete, what, write);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task No_answer_to_one_change_ends_as_if_there_had_been_one(AlmaPurgeRoute route, string what, int write)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(Patrons);
        int writes = 0;
        bool Strikes(HttpRequestMessage request) => request.Method != HttpMethod.Get && ++writes == write;
        Func<HttpRequestMessage, bool> strikes = Strikes;
        world.Line.Answer = request => what == "resetConnection" && strikes(request)
            ? throw new HttpRequestException("The connection was reset.")
            : null;
        world.Line.Change = (request, text) => what == "resetConnection" || !strikes(request) ? text : throw (what == "timeout"
            ? new TaskCanceledException("Nothing came in time.", new TimeoutException())
            : new HttpRequestException("The connection was closed."));

        await ThroughAsync(world, route);
        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.All(results, r => Assert.Equal(AlmaPurgeStatus.Purged, r.Status));
        Assert.Equal(Patrons, results.Count);
        Assert.Equal(Patrons, world.Purged.Count());
        Assert.Equal(route == AlmaPurgeRoute.SetJob ? 4 : 3 + Patrons, world.Writes.Count());
        Assert.Single(world.Simulator.Sets);
        Assert.Empty(world.Run.Journal.Unsettled());
        Assert.Empty(world.Run.Patrons.Exclusions());
        Assert.Equal(AlmaPurgeRunState.Verified, RunView.StateOf(world.Run));
    }

    private static async Task ThroughAsync(PurgeWorld world, AlmaPurgeRoute route)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await world.MarkedAsync();
                if ((await world.PurgeAsync(route)).Status is not ("INCOMPLETE" or "STOPPED"))
                {
                    return;
                }
            }
            catch (Exception e) when (e is AlmaPurgeException or AlmaApiException && attempt < MostAttempts)
            {
                world.Time.Advance(TimeSpan.FromMinutes(6));
            }

            Assert.True(attempt < MostAttempts, "It does not come to its end.");
        }
    }
}
