using AlmaPurge.Core.Runs;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>
/// The purge date by the example of Alma's documentation, one table for the classic page of the simulator, for the
/// set-based job and for deletions one by one: all of them must take the same patrons.
/// </summary>
public sealed class ClassicCriteriaTests
{
    private const string Subject = "p001";

    /// <summary>On December 20: the days, the purge date as month and day, and whether the patron is taken.</summary>
    public static TheoryData<int, string?, bool> Example => new()
    {
        { 10, "12-01", true },
        { 10, "12-09", true },
        { 10, "12-10", false },
        { 10, "12-11", false },
        { 10, "12-20", false },
        { 1, "12-18", true },
        { 1, "12-19", false },
        { 1, "12-20", false },
        { 0, "12-19", true },
        { 0, "12-20", true },
        { 0, "12-21", false },
        { 0, "12-31", false },
        { 0, null, false },
        { 1, null, false },
        { 10, null, false },
    };

    [Theory]
    [MemberData(nameof(Example))]
    public async Task Classic_page(int days, string? purgeDate, bool taken)
    {
        using PurgeWorld world = await OnDecember20Async();
        world.Simulator.UpdateUser(Subject, s => s with { UserGroup = PurgeWorld.PurgeGroup, PurgeDate = Day(world, purgeDate) });

        world.Simulator.PurgeUserRecords(days, "Public", PurgeWorld.PurgeGroup, 1);

        Assert.Equal(taken ? [Subject] : [], world.Purged);
    }

    [Theory]
    [MemberData(nameof(Example))]
    public Task User_delete(int days, string? purgeDate, bool taken) =>
        PurgesAsync(AlmaPurgeRoute.UserDelete, days, purgeDate, taken);

    [Theory]
    [MemberData(nameof(Example))]
    public Task Set_job(int days, string? purgeDate, bool taken) =>
        PurgesAsync(AlmaPurgeRoute.SetJob, days, purgeDate, taken);

    [Theory]
    [InlineData("ACTIVE", 1, 1, true)]
    [InlineData("ACTIVE", 1.01, 1, false)]
    [InlineData("INDISPUTE", 1.01, 1, false)]
    [InlineData("INDISPUTE", 1, 1, true)]
    [InlineData("ACTIVE", 5, 5, true)]
    [InlineData("INDISPUTE", 5.01, 5, false)]
    [InlineData("ACTIVE", 0.01, 0, false)]
    public async Task Waive_threshold(string status, decimal owed, decimal waive, bool isTried)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        world.Propose(world.Run.Patrons.CandidateIds(), world.Criteria() with { FeeTolerance = 20 });
        world.Simulator.UpdateUser(Subject, s => s with { Fees = [new SimulatedFee("OVERDUEFINE", status, owed, owed)] });
        await world.MarkedAsync();

        await world.PurgeAsync(options: world.PurgeOptions(AlmaPurgeRoute.UserDelete) with { WaiveThreshold = waive });

        // What Alma does with somebody who owes is its own business; the simulator refuses.
        Assert.Equal(
            isTried, world.Writes.Any(r => r.Method == "DELETE" && r.Path.Contains("/" + Subject, StringComparison.Ordinal)));
        Assert.Equal(["p002", "p003"], world.Purged);
        Assert.Equal(isTried ? [] : ["OwesFees"], world.Run.Patrons.Exclusions().SelectMany(e => e.Rules));
    }

    // The marking takes no date as late as the table's, so the world is set to it afterwards, the run's record included.
    // Nobody without a purge date comes from the marking: somebody has taken the date away.
    private static async Task PurgesAsync(AlmaPurgeRoute route, int days, string? purgeDate, bool taken)
    {
        // One of sixty may drift without stopping the rest.
        using PurgeWorld world = await OnDecember20Async(purgeDate is null ? 60 : 3);
        await world.MarkedAsync();
        DateOnly? day = Day(world, purgeDate);
        string[] ids = day is null ? [Subject] : [.. world.Run.Patrons.CandidateIds()];
        foreach (string id in ids)
        {
            world.Simulator.UpdateUser(id, s => s with { PurgeDate = day });
        }

        if (day is { } given)
        {
            world.Run.Update(d => d with { Mark = d.Mark! with { PurgeDate = given } });
        }

        Exception? refusal = await Record.ExceptionAsync(
            () => world.PurgeAsync(options: world.PurgeOptions(route) with { DaysAfterPurgeDate = days }));

        Assert.Equal(taken, world.Purged.Contains(Subject));
        Assert.Equal(taken || day is null, refusal is null);
        Assert.Equal(taken ? 3 : day is null ? 59 : 0, world.Purged.Count());
    }

    private static async Task<PurgeWorld> OnDecember20Async(int patrons = 3)
    {
        PurgeWorld world = await PurgeWorld.SafeAsync(patrons);
        DateTimeOffset day = new(world.Session.Today().Year + 1, 12, 20, 12, 0, 0, TimeSpan.Zero);
        world.Time.Advance(day - world.Time.GetUtcNow());
        world.Simulator.Clock.Set(day);
        return world;
    }

    private static DateOnly? Day(PurgeWorld world, string? monthAndDay) => monthAndDay is null
        ? null
        : DateOnly.ParseExact(
            FormattableString.Invariant($"{world.Session.Today().Year}-{monthAndDay}"),
            "yyyy-MM-dd",
            System.Globalization.CultureInfo.InvariantCulture);
}
