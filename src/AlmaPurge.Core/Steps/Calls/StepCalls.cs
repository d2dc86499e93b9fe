namespace AlmaPurge.Core.Steps;

/// <summary>
/// How many calls each step takes for so many patrons: the one place for these numbers. They follow from what the steps
/// send, and the tests hold them against what the simulator counts.
/// </summary>
internal static class StepCalls
{
    // Alma gives at most 100 rows of a listing, and takes 1,000 members of a set, in a call (documented).
    private const int RowsPerCall = 100;

    // The user; for who passes by it, the lists of active, disputed and exported fees.
    private const int FeeLists = 3;

    // GET, PUT, and a GET that reads back.
    private const int Restoration = 3;

    // Code tables, the job, where the key leads, and looking after a job that runs.
    private static readonly CallRange s_few = new(1, 20);

    /// <summary>Most calls for one patron who is judged by every rule.</summary>
    public static int MostForLook(AlmaFeeCheck feeCheck) => feeCheck == AlmaFeeCheck.Full ? 1 + FeeLists : 1;

    /// <summary>Most calls for one patron who is deleted: the last look and the DELETE.</summary>
    public static int MostForDeletion(AlmaFeeCheck feeCheck) => MostForLook(feeCheck) + 1;

    /// <summary>The live check. Who does not pass on the user alone takes one call.</summary>
    public static CallRange Check(int patrons, AlmaFeeCheck feeCheck) =>
        new(patrons, (long)patrons * MostForLook(feeCheck));

    /// <summary>A look at patrons who were checked before.</summary>
    /// <param name="patrons">Patrons to look at.</param>
    /// <param name="aged">Those among them whose fee lists are read again if they still pass, and nearly all must.</param>
    /// <param name="feeCheck">Whether fee lists are read at all.</param>
    public static CallRange LastLook(int patrons, int aged, AlmaFeeCheck feeCheck) =>
        new(patrons + ((long)aged * (MostForLook(feeCheck) - 1)), (long)patrons * MostForLook(feeCheck));

    /// <summary>Building a set; whoever has no fresh check is checked first.</summary>
    public static StepNeed BuildSet(int toCheck, int patrons, AlmaFeeCheck feeCheck)
    {
        // Nobody may be left to put in of those who are to be checked.
        int sure = patrons - toCheck;
        return new StepNeed(
            Check(toCheck, feeCheck) + new CallRange(1, 20),
            new CallRange(2 + Fillings(sure) + Pages(sure), 20 + Fillings(patrons) + (4 * Pages(patrons))));
    }

    /// <summary>Marking, and reading everybody back: by the purge group, or one by one where there is none.</summary>
    public static StepNeed Mark(int toCheck, int patrons, bool hasPurgeGroup, AlmaFeeCheck feeCheck) => new(
        Check(toCheck, feeCheck) + Readings(1, patrons - toCheck, patrons) + s_few,
        ReadBack(patrons - toCheck, patrons, hasPurgeGroup) + Readings(2, patrons - toCheck, patrons) + s_few);

    /// <summary>Reading a marking back that was started before.</summary>
    public static CallRange ReadBack(int least, int most, bool hasPurgeGroup) => hasPurgeGroup
        ? Readings(5, least, most) + s_few
        : new CallRange(least, most) + Readings(1, least, most) + s_few;

    /// <summary>What SetJob and Handoff take, which look at everybody and then start a job or hand over.</summary>
    /// <param name="look">The look at everybody.</param>
    /// <param name="patrons">Patrons who are left.</param>
    /// <param name="hasPurgeGroup">Whether they are in a purge group.</param>
    /// <param name="feeCheck">For another look at everybody, where the question stood open for a while.</param>
    public static StepNeed PurgeAtOnce(CallRange look, int patrons, bool hasPurgeGroup, AlmaFeeCheck feeCheck) => new(
        look + Survivors(patrons, hasPurgeGroup) + s_few,
        Survivors(patrons, hasPurgeGroup)
            + Equality(patrons, patrons, hasPurgeGroup)
            + new CallRange(0, (long)patrons * MostForLook(feeCheck))
            + s_few);

    /// <summary>What UserDelete takes, which looks at each patron again just before the DELETE.</summary>
    /// <param name="look">The look at those whose check is not fresh.</param>
    /// <param name="patrons">Patrons who are deleted now.</param>
    /// <param name="all">Everybody who is left, who may be more.</param>
    /// <param name="hasPurgeGroup">Whether they are in a purge group.</param>
    /// <param name="feeCheck">Whether fee lists are read.</param>
    public static StepNeed PurgeOneByOne(
        CallRange look, int patrons, int all, bool hasPurgeGroup, AlmaFeeCheck feeCheck) => new(
        look + Marked(patrons, all, hasPurgeGroup) + Survivors(all, hasPurgeGroup) + s_few,
        Survivors(all, hasPurgeGroup)
            + Equality(patrons, all, hasPurgeGroup)
            + new CallRange(2L * patrons, (long)patrons * MostForDeletion(feeCheck))
            + s_few);

    /// <summary>Looking up what became of each.</summary>
    public static CallRange Verify(int patrons) => CallRange.Exactly(patrons) + s_few;

    /// <summary>Taking a marking back. How many still have it shows only when they are read.</summary>
    public static StepNeed Undo(int patrons) =>
        new(CallRange.Exactly(patrons) + new CallRange(1, 20), new CallRange(1, ((long)patrons * Restoration) + 20));

    /// <summary>Giving back, once everybody was read.</summary>
    /// <param name="singles">Patrons who go one by one.</param>
    /// <param name="grouped">Patrons who go by a job, and are read back one by one.</param>
    /// <param name="jobs">Jobs for those.</param>
    public static CallRange GiveBack(int singles, int grouped, int jobs) => new(
        1 + ((long)singles * Restoration) + grouped,
        20 + ((long)singles * Restoration) + ((long)grouped * (1 + Restoration)) + (jobs * 30L) + Fillings(grouped) + (2 * Pages(grouped)));

    /// <summary>A whole purge of patrons who all pass, from the check to the verification.</summary>
    /// <param name="patrons">How many.</param>
    /// <param name="route">How; null is counted as UserDelete.</param>
    public static CallRange WholePurge(int patrons, AlmaPurgeRoute? route)
    {
        const AlmaFeeCheck Fees = AlmaFeeCheck.Full;
        StepNeed purge = route is AlmaPurgeRoute.SetJob or AlmaPurgeRoute.Handoff
            ? PurgeAtOnce(LastLook(patrons, 0, Fees), patrons, true, Fees)
            : PurgeOneByOne(default, patrons, patrons, true, Fees);
        return CallRange.Exactly((long)patrons * MostForLook(Fees))
            + BuildSet(0, patrons, Fees).Total
            + Mark(0, patrons, true, Fees).Total
            + purge.Total
            + Verify(patrons);
    }

    private static CallRange Survivors(int patrons, bool hasPurgeGroup) => Readings(hasPurgeGroup ? 3 : 1, patrons, patrons);

    private static CallRange Equality(int patrons, int all, bool hasPurgeGroup) =>
        Readings(2, all, all) + Marked(patrons, all, hasPurgeGroup);

    private static CallRange Marked(int patrons, int all, bool hasPurgeGroup) =>
        hasPurgeGroup ? Readings(2, all, all) : CallRange.Exactly(patrons);

    private static CallRange Readings(int times, int least, int most) =>
        new(times * Pages(least), times * (Pages(most) + 1));

    private static long Pages(int rows) => Math.Max(1, (rows + RowsPerCall - 1) / RowsPerCall);

    private static long Fillings(int members) => (members + BuildSetPlan.MembersPerCall - 1) / BuildSetPlan.MembersPerCall;
}
