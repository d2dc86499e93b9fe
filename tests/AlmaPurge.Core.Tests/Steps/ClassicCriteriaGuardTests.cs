using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>What the purge job asks of a patron, asked of each who is deleted: whatever is not known does not fit.</summary>
public sealed class ClassicCriteriaGuardTests
{
    [Fact]
    public async Task Patron_who_fits_is_taken()
    {
        using PurgeWorld world = await MarkedAsync();

        Assert.Null(WhyNot(world, _ => { }));
        Assert.Null(WhyNot(world, f => f.UserGroup = Fact<string>.Known(" purgeug ")));
        Assert.Null(WhyNot(world, f => f.FeeBalance = Fact<decimal>.Known(1)));
        Assert.Null(WhyNot(world, f => f.Fees = Fees(("CLOSED", 50), ("ACTIVE", 1), ("ACTIVE", -9))));
    }

    [Fact]
    public async Task Whatever_is_other_or_not_known_does_not_fit()
    {
        using PurgeWorld world = await MarkedAsync();
        string today = FormattableString.Invariant($"{world.Session.Today():yyyy-MM-dd}");

        Is("StaffRecord", "record type is not known, not Public", f => f.RecordType = default);
        Is("StaffRecord", "record type is Staff, not Public", f => f.RecordType = Fact<PatronRecordType>.Known(PatronRecordType.Staff));
        Is("Drifted", "user group is not known, not PURGEUG", f => f.UserGroup = Fact<string>.Absent);
        Is("Drifted", "user group is ALUMNI, not PURGEUG", f => f.UserGroup = Fact<string>.Known("ALUMNI"));
        Is("Drifted", "purge date is none, not 1 days back", f => f.PurgeDate = Fact<DateOnly>.Absent);
        Is("Drifted", $"purge date is {today}, not 1 days back", f => f.PurgeDate = Fact<DateOnly>.Known(world.Session.Today()));
        Is("OwesFees", "owes 1.01, waive threshold 1", f => f.FeeBalance = Fact<decimal>.Known(1.01m));
        Is("OwesFees", "owes 2.50, waive threshold 1", f => f.Fees = Fees(("ACTIVE", 1), ("INDISPUTE", 1.5m), ("ACTIVE", -9)));
        Is("OwesFees", "owes , waive threshold 1", f => f.FeeBalance = default);

        void Is(string rule, string evidence, Action<PatronFacts> change)
        {
            RuleFinding? finding = WhyNot(world, change);
            Assert.Equal((rule, evidence), (finding?.Rule, finding?.Evidence));
        }
    }

    [Fact]
    public async Task Where_the_own_group_is_kept_it_is_the_one_from_the_check()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(1);
        await world.MarkedAsync(world.MarkOptions() with { PurgeGroup = null });

        Assert.Null(WhyNot(world, f => f.UserGroup = Fact<string>.Known(PurgeWorld.Group)));
        Assert.Equal("user group is PURGEUG, not UNDRGRD", WhyNot(world, _ => { })?.Evidence);
        Assert.Equal("user group is PURGEUG, not ", WhyNot(world, f => f.PrimaryId = "nobody")?.Evidence);
    }

    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(1, 1, false)]
    [InlineData(1.01, 1, true)]
    public async Task Fees_are_wanted_one_by_one_only_where_the_run_tolerates_more(decimal tolerance, decimal threshold, bool needs)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(1);
        world.Propose(["p001"], world.Criteria() with { FeeTolerance = tolerance });

        Assert.Equal(needs, new ClassicCriteria(world.Run, world.PurgeOptions() with { WaiveThreshold = threshold }).NeedsFeeLists);
    }

    private static Fact<IReadOnlyList<PatronFee>> Fees(params (string Status, decimal Balance)[] fees) =>
        Fact<IReadOnlyList<PatronFee>>.Known([.. fees.Select(f => new PatronFee(f.Status, f.Balance))]);

    private static RuleFinding? WhyNot(PurgeWorld world, Action<PatronFacts> change)
    {
        PatronFacts facts = new()
        {
            Source = FactSource.Live,
            PrimaryId = "p001",
            Today = world.Session.Today(),
            RecordType = Fact<PatronRecordType>.Known(PatronRecordType.Public),
            UserGroup = Fact<string>.Known(PurgeWorld.PurgeGroup),
            PurgeDate = Fact<DateOnly>.Known(world.PurgeDate),
            FeeBalance = Fact<decimal>.Known(0),
        };
        change(facts);
        return new ClassicCriteria(world.Run, world.PurgeOptions()).WhyNot(facts);
    }

    private static async Task<PurgeWorld> MarkedAsync()
    {
        PurgeWorld world = await PurgeWorld.SafeAsync(1);
        await world.MarkedAsync();
        return world;
    }
}
