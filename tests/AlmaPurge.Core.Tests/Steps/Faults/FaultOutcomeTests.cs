using AlmaPurge.Core.Alma;
using Xunit.Abstractions;

namespace AlmaPurge.Core.Tests.Steps.Faults;

/// <summary>
/// Every misbehaviour against the canonical session, on both routes: the run ends right, or stops with a clear error.
/// Nobody is purged wrongly, everybody is accounted for; also when the stopped step is repeated once Alma behaves.
/// </summary>
public abstract class FaultOutcomeTests(ITestOutputHelper output)
{
    public static TheoryData<string, int> Cases
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach ((string fault, int write) in FaultCase.All)
            {
                data.Add(fault, write);
            }

            return data;
        }
    }

    protected abstract AlmaPurgeRoute Route { get; }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Run_ends_right_or_stops_clearly(string name, int write)
    {
        FaultCase fault = new(name, Route, write);
        using FaultSession? session = await BeginAsync(fault);
        if (session is null)
        {
            return;
        }

        FaultOutcome first = await session.GoOnAsync();
        RequireRight(first);
        FaultOutcome last = first.Stop is null ? first : await session.AgainAsync(first);
        RequireRight(last);
        Assert.True(
            last.Gone.Count == 0 || last.Results.Count > 0 || last.StopId == "PurgeStillRunning",
            "Some are gone and nobody says so.");
        output.WriteLine(Row(fault, first, last));
    }

    private async Task<FaultSession?> BeginAsync(FaultCase fault)
    {
        try
        {
            return await FaultSession.BeginAsync(fault);
        }
        catch (AlmaApiException stop)
        {
            RequireClear(stop);
            output.WriteLine($"| `{fault.Fault}` | {fault.Route} | Connect: `{FaultOutcome.IdOf(stop)}` | | | |");
            return null;
        }
    }

    private static void RequireRight(FaultOutcome outcome)
    {
        Assert.Empty(outcome.Wrong);
        RequireClear(outcome.Stop);
        if (outcome.Results.Count == 0)
        {
            return;
        }

        Assert.Equal(outcome.Imported, outcome.Results.Select(r => r.PrimaryId));
        HashSet<string> gone = new(outcome.Gone, StringComparer.OrdinalIgnoreCase);
        Assert.All(outcome.Results, r => Assert.True(
            r.Status switch
            {
                AlmaPurgeStatus.Purged => gone.Contains(r.PrimaryId),
                AlmaPurgeStatus.Kept => !gone.Contains(r.PrimaryId),
                AlmaPurgeStatus.Unknown => true,
                _ => false,
            },
            $"{r.PrimaryId}: {r.Status}, {r.Detail}"));
    }

    /// <summary>What is wrong and where, and what to do next, with an id that scripts can rely on.</summary>
    private static void RequireClear(Exception? stop)
    {
        switch (stop)
        {
            case null:
                return;
            case AlmaPurgeException ours:
                Assert.NotEmpty(ours.Id);
                Assert.True(ours.NextStep.Length > 10, ours.Message);
                Assert.True(ours.Message.Length > ours.NextStep.Length + 20, ours.Message);
                return;
            case AlmaApiException alma:
                Assert.Contains(alma.Path!, alma.Message, StringComparison.Ordinal);
                Assert.True(alma.Message.Split(". ").Length > 1, alma.Message);
                return;
            default:
                Assert.Fail(stop.ToString());
                return;
        }
    }

    private static string Row(FaultCase fault, FaultOutcome first, FaultOutcome last)
    {
        string name = fault.Write == 0 ? fault.Fault : FormattableString.Invariant($"{fault.Fault} at write {fault.Write}");
        return FormattableString.Invariant(
            $"| `{name}` | {fault.Route} | {Ending(first)} | {Counts(first)} | {(ReferenceEquals(first, last) ? "" : Ending(last))} | {(ReferenceEquals(first, last) ? "" : Counts(last))} |");
    }

    private static string Ending(FaultOutcome outcome) =>
        outcome.Stop is null ? "ended" : $"{outcome.Step}: `{outcome.StopId}`";

    // Purged / kept / unknown / wrongly purged, and those still there and marked. While a purge is cut short and not
    // verified, nobody can say who is kept.
    private static string Counts(FaultOutcome outcome)
    {
        bool isOpen = outcome.Results.Count == 0 && outcome.Gone.Count > 0;
        int open = outcome.Imported.Count - outcome.Gone.Count;
        return FormattableString.Invariant(
            $"{outcome.Gone.Count} / {(isOpen ? 0 : outcome.Count(AlmaPurgeStatus.Kept))} / {(isOpen ? open : outcome.Count(AlmaPurgeStatus.Unknown))} / {outcome.Wrong.Count} / {outcome.StillMarked}");
    }
}

/// <summary>By the route SetJob.</summary>
public sealed class SetJobFaultOutcomeTests(ITestOutputHelper output) : FaultOutcomeTests(output)
{
    protected override AlmaPurgeRoute Route => AlmaPurgeRoute.SetJob;
}

/// <summary>By the route UserDelete.</summary>
public sealed class UserDeleteFaultOutcomeTests(ITestOutputHelper output) : FaultOutcomeTests(output)
{
    protected override AlmaPurgeRoute Route => AlmaPurgeRoute.UserDelete;
}
