using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>Each change of an undo in turn gets no answer; run again, everybody has what they had, and nothing is sent twice.</summary>
public sealed class UndoAtEachWriteTests
{
    private const int ByJob = 20;
    private const int OneByOne = 3;
    private const int Writes = 4 + OneByOne;

    public static TheoryData<string, int> Cases()
    {
        TheoryData<string, int> cases = [];
        foreach (string what in (string[])["resetConnection", "dropAcceptedPost", "crash"])
        {
            for (int write = 1; write <= Writes; write++)
            {
                cases.Add(what, write);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task No_answer_to_one_change_ends_as_if_there_had_been_one(string what, int write)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(ByJob + OneByOne);
        for (int i = 1; i <= ByJob; i++)
        {
            world.Simulator.UpdateUser(FormattableString.Invariant($"p{i:000}"), s => s with { PurgeDate = new DateOnly(2027, 6, 30) });
        }

        string[] before = Records(world);
        await world.MarkedAsync();
        int marked = world.Writes.Count();
        int writes = 0;
        bool Strikes(HttpRequestMessage request) => request.Method != HttpMethod.Get && ++writes == write;
        world.Line.Answer = request => what == "resetConnection" && Strikes(request)
            ? throw new HttpRequestException("The connection was reset.")
            : null;
        world.Line.Change = (request, text) => what == "resetConnection" || !Strikes(request)
            ? text
            : throw (what == "crash" ? new InvalidOperationException("The power failed.") : new HttpRequestException("The connection was closed."));

        await ThroughAsync(world);

        Assert.Equal(before, Records(world));
        Assert.Equal(AlmaPurgeRunState.Undone, RunView.StateOf(world.Run));
        Assert.Single(world.Simulator.Sets);

        // A set that was half made for an undo is left for a new one and deleted at the end; nobody is changed twice.
        Assert.Equal(OneByOne, world.Writes.Skip(marked).Count(w => w.Method == "PUT"));
        Assert.Equal(2, world.Simulator.JobRuns.Count);
        Assert.Empty(world.Run.Journal.Unsettled());
    }

    private static async Task ThroughAsync(PurgeWorld world)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                UndoStep step = new(world.Run, world.Session, world.Reporter);
                UndoPlan plan = await step.PlanAsync(new UndoOptions(), default);
                IReadOnlyList<AlmaUndoResult> results = await step.ApplyAsync(plan, WriteApproval.Given("yes"), default);
                if (results.All(r => r.Status != AlmaUndoStatus.Failed) && world.Run.Journal.Unsettled().Count == 0)
                {
                    return;
                }
            }
            catch (Exception e) when (e is AlmaPurgeException or AlmaApiException or InvalidOperationException && attempt < 4)
            {
                world.Time.Advance(TimeSpan.FromMinutes(6));
            }

            Assert.True(attempt < 4, "It does not come to its end.");
        }
    }

    private static string[] Records(PurgeWorld world) =>
    [
        .. world.Simulator.Users.OrderBy(u => u.PrimaryId, StringComparer.Ordinal).Select(u => FormattableString.Invariant(
            $"{u.PrimaryId} {u.UserGroup} {u.PurgeDate:yyyy-MM-dd} {u.ExpiryDate:yyyy-MM-dd} {u.State.Status}")),
    ];
}
