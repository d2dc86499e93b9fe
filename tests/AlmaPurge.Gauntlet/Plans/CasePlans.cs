using AlmaPurge.Core.Runs;
using AlmaPurge.Simulator;
using FsCheck;
using FsCheck.Fluent;

namespace AlmaPurge.Gauntlet.Plans;

/// <summary>Draws cases. The same seed gives the same case, as long as the simulator knows the same faults.</summary>
internal static class CasePlans
{
    private const int SingleFaultKind = 1;

    private static readonly string[] s_steps =
        [StepNames.Subtract, StepNames.Check, StepNames.BuildSet, StepNames.Mark, StepNames.Purge, StepNames.Verify];

    private static readonly string[] s_releasable =
        ["RecentlyActive", "InternalAccount", "LinkedCopy", "Blocked", "Proxy"];

    private static readonly IReadOnlyDictionary<string, int> s_never = new Dictionary<string, int>();

    /// <summary>A seed whose case has one fault, this one of the list, and is as it should be otherwise.</summary>
    public static int SeedOfSingleFault(int fault) => (fault << 2) | SingleFaultKind;

    /// <summary>Whether the case of a seed has one fault alone.</summary>
    public static bool HasSingleFault(int seed) => (seed & 3) == SingleFaultKind;

    /// <summary>
    /// The case of a seed. Of four seeds in a row one is calm, one has a single fault (each in its turn, on all
    /// routes), one has only people at work, and one has everything at once.
    /// </summary>
    public static CasePlan Of(int seed)
    {
        int kind = seed & 3;
        Gen<IReadOnlyList<string>> faults = kind switch
        {
            SingleFaultKind => SingleFault(seed >> 2),
            3 => FaultMix(),
            _ => Gen.Constant<IReadOnlyList<string>>([]),
        };
        bool people = kind is 2 or 3;
        Gen<CasePlan> plan =
            from patrons in Patrons()
            from faultList in faults
            from route in Gen.Elements(AlmaPurgeRoute.SetJob, AlmaPurgeRoute.UserDelete)
            from releases in Gen.Frequency((3, Gen.Constant(Releases.None)), (1, SomeReleases()))
            from work in people ? Operators() : Gen.Constant(Careful)
            from happenings in people ? Happenings() : Gen.Constant<IReadOnlyList<Happening>>([])
            from sessions in Gen.Frequency((2, Gen.Constant(new List<string>())), (1, Gen.SubListOf(s_steps)))
            from minutes in Gen.Elements(0, 0, 3, 30, 1500, 9000)
            from zone in Gen.Elements(0, 0, -10, -5, 1, 5, 9, 11, 13)
            from elsewhere in Gen.Frequency((7, Gen.Constant<int?>(null)), (1, Gen.Elements(0, 1, -5).Select(h => (int?)h)))
            from interrupts in people ? Interrupts() : Gen.Constant(s_never)
            from end in Gen.Elements(true, false)
            from source in Gen.Frequency((2, Gen.Constant(PatronSource.File)), (4, Gen.Elements(Enum.GetValues<PatronSource>())))
            select work with
            {
                Seed = seed,
                Patrons = patrons,
                Faults = faultList,
                Route = kind == SingleFaultKind ? (AlmaPurgeRoute)((seed >> 2) / AlmaSimulator.KnownFaults.Count % 3)
                    : (seed >> 2) % 3 == 2 ? AlmaPurgeRoute.Handoff
                    : route,
                Source = work.Edits.Count > 0 ? PatronSource.File : source,
                Releases = releases,
                Happenings = happenings,
                NewSessions = sessions,
                Interrupts = interrupts,
                FaultsEnd = end,
                MinutesBetween = minutes,
                ZoneHours = zone,
                ClientZoneHours = kind == 0 ? zone : elsewhere ?? zone,
            };
        return plan.Sample(50, new Rnd(Mixed(seed)), 1)[0];
    }

    // FsCheck's generator steps on by a constant, so seeds in a row would draw much the same; mixed they do not.
    private static ulong Mixed(int seed)
    {
        ulong z = unchecked((ulong)(uint)seed * 0xD1342543DE82EF95UL);
        z = unchecked((z ^ (z >> 32)) * 0xBF58476D1CE4E5B9UL);
        return z ^ (z >> 29);
    }

    private static CasePlan Careful { get; } = new()
    {
        Seed = 0,
        Patrons = 0,
        Faults = [],
        ZoneHours = 0,
        ClientZoneHours = 0,
        Releases = Releases.None,
        Source = PatronSource.File,
        Edits = [],
        Fines = FinesChoice.Right,
        Route = AlmaPurgeRoute.SetJob,
        Group = GroupChoice.Right,
        PurgeDateDaysAgo = 30,
        DaysAfterPurgeDate = 1,
        WaiveThreshold = 1,
        CheckAgeHours = 24,
        LowCeiling = false,
        SkipCheck = false,
        DropSome = false,
        Repeated = [],
        NewSessions = [],
        MinutesBetween = 0,
        Interrupts = s_never,
        FaultsEnd = false,
        Happenings = [],
    };

    private static Gen<int> Patrons() => Gen.Frequency(
        (2, Gen.Choose(10, 60)), (5, Gen.Choose(60, 260)), (2, Gen.Choose(260, 500)), (1, Gen.Choose(500, 900)));

    // The index deals out name after name, so that each fault is met alone however few cases there are.
    private static Gen<IReadOnlyList<string>> SingleFault(int index)
    {
        string name = AlmaSimulator.KnownFaults[index % AlmaSimulator.KnownFaults.Count];
        return Trigger(name).Select(f => (IReadOnlyList<string>)[f]);
    }

    private static Gen<IReadOnlyList<string>> FaultMix() =>
        from count in Gen.Choose(1, 3)
        from names in Gen.Shuffle(AlmaSimulator.KnownFaults.ToArray())
        from faults in names.Take(count).CollectFaults()
        select faults;

    private static Gen<IReadOnlyList<string>> CollectFaults(this IEnumerable<string> names) =>
        Gen.CollectToArray(names, Trigger).Select(list => (IReadOnlyList<string>)list);

    private static Gen<string> Trigger(string name) => Gen.Frequency(
        (3, Gen.Constant(name)),
        (3, Gen.Choose(1, 12).Select(n => FormattableString.Invariant($"{name}@{n}"))),
        (2, Gen.Elements("0.01", "0.05", "0.15").Select(rate => $"{name}:{rate}")));

    private static Gen<Releases> SomeReleases() =>
        from ignored in Gen.SubListOf(s_releasable)
        from roles in Gen.SubListOf("Instructor", "32")
        from blocks in Gen.SubListOf("GENERAL")
        from tolerance in Gen.Elements(0m, 0m, 1m, 5m, 20m)
        from check in Gen.Elements(AlmaFeeCheck.Full, AlmaFeeCheck.Full, AlmaFeeCheck.Balance)
        from later in Gen.Elements(0, 0, 330)
        select new Releases(ignored, roles, blocks, tolerance, check, later);

    private static Gen<CasePlan> Operators() =>
        from edits in Gen.SubListOf(Enum.GetValues<FileEdit>()).Select(l => l.Take(3).ToArray())
        from edited in Gen.Elements(true, false)
        from fines in Gen.Elements(Enum.GetValues<FinesChoice>())
        from @group in Gen.Frequency((5, Gen.Constant(GroupChoice.Right)), (3, Gen.Elements(Enum.GetValues<GroupChoice>())))
        from daysAgo in Gen.Elements(30, 30, 30, 2, 1, 0, -20, 20000)
        from after in Gen.Elements(0, 1, 1, 10, 40)
        from waive in Gen.Elements(0m, 1m, 10m, 1000m)
        from age in Gen.Elements(0, 1, 24, 24, 720)
        from flags in Gen.Choose(0, 15)
        from repeated in Gen.SubListOf(s_steps)
        select Careful with
        {
            Edits = edited ? edits : [],
            Fines = fines,
            Group = @group,
            PurgeDateDaysAgo = daysAgo,
            DaysAfterPurgeDate = after,
            WaiveThreshold = waive,
            CheckAgeHours = age,
            LowCeiling = (flags & 1) != 0,
            SkipCheck = (flags & 2) != 0,
            DropSome = flags == 4,
            Repeated = (flags & 8) != 0 ? repeated : [],
        };

    private static Gen<IReadOnlyDictionary<string, int>> Interrupts() =>
        from steps in Gen.Frequency((3, Gen.Constant(new List<string>())), (1, Gen.SubListOf(s_steps)))
        from requests in Gen.Choose(1, 150)
        select (IReadOnlyDictionary<string, int>)steps.ToDictionary(s => s, _ => requests);

    private static Gen<IReadOnlyList<Happening>> Happenings() =>
        from count in Gen.Frequency((1, Gen.Constant(0)), (4, Gen.Choose(1, 4)))
        from list in OneHappening().ListOf(count)
        select (IReadOnlyList<Happening>)list;

    private static Gen<Happening> OneHappening() =>
        from kind in Gen.Elements(Enum.GetValues<HappeningKind>())
        from step in Gen.Elements(
            StepNames.Subtract, StepNames.Check, StepNames.BuildSet, StepNames.Mark, StepNames.Mark, StepNames.Purge, StepNames.Purge, StepNames.Purge)
        from moment in Gen.Elements(Enum.GetValues<Moment>())
        from share in Gen.Elements(1, 1, 1, 10, 30, 200)
        select new Happening(kind, step, moment, share);
}
