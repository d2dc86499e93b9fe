using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>The words with which the steps ask: whatever a person must know to say yes.</summary>
public sealed class PromptTests
{
    private static PurgeCriteria Released(PurgeWorld world) => world.Criteria() with
    {
        IgnoredRules = PurgeCriteria.Names(["Proxy", "InternalAccount"]),
        AllowedRoles = PurgeCriteria.Names(["Instructor"]),
        IgnoredBlockTypes = PurgeCriteria.Names(["GENERAL"]),
        FeeTolerance = 2.5m,
        FeeCheck = AlmaFeeCheck.Balance,
        InactiveSince = world.Cutoff.AddDays(30),
    };

    [Fact]
    public async Task Question_before_the_purge_tells_all_that_matters()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        world.Propose(world.Run.Patrons.CandidateIds(), Released(world));
        await world.MarkedAsync();

        PurgePlan plan = await world.PurgeStep().PlanAsync(world.PurgeOptions() with { WaiveThreshold = 7.25m }, default);

        Assert.Equal("Simulated: Simulated Library (01SIM_INST)", plan.Caption);
        foreach (string words in (string[])[plan.Question, plan.Description])
        {
            Assert.Contains("Purge 20 patrons for good, by route SetJob", words, StringComparison.Ordinal);
            Assert.Contains($"user set '{world.Run.Document.Set!.Name}'", words, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("purge group PURGEUG", words, StringComparison.Ordinal);
            Assert.Contains(FormattableString.Invariant($"purge date {world.PurgeDate:yyyy-MM-dd}"), words, StringComparison.Ordinal);
            Assert.Contains("waive threshold 7.25", words, StringComparison.Ordinal);
            Assert.Contains("Delete User Policy KeepStatistics", words, StringComparison.Ordinal);
            Assert.Contains("Institution 01SIM_INST, environment Simulated", words, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_release_is_named_in_each_question()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        world.Propose(world.Run.Patrons.CandidateIds(), Released(world));
        List<StepPlan> plans = [await world.BuildSetStep().PlanAsync(null, new BuildSetOptions(), default)];
        await world.BuildSetAsync();
        plans.Add(await world.MarkStep().PlanAsync(world.MarkOptions(), default));
        await world.MarkAsync();
        plans.Add(await world.PurgeStep().PlanAsync(world.PurgeOptions(), default));

        Assert.All(plans.SelectMany(p => new[] { p.Question, p.Description }), words =>
        {
            Assert.Contains("ignored rules: InternalAccount, Proxy", words, StringComparison.Ordinal);
            Assert.Contains("allowed roles: Instructor", words, StringComparison.Ordinal);
            Assert.Contains("ignored block types: GENERAL", words, StringComparison.Ordinal);
            Assert.Contains("fee tolerance 2.50", words, StringComparison.Ordinal);
            Assert.Contains("disputed and exported fees are not looked at", words, StringComparison.Ordinal);
            Assert.Contains(
                FormattableString.Invariant($"active before {world.Cutoff.AddDays(30):yyyy-MM-dd} counts as inactive"),
                words,
                StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Calls_needed_from_here_on_and_calls_left_are_told()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);

        BuildSetPlan set = await world.BuildSetStep().PlanAsync(null, new BuildSetOptions(), default);
        string left = FormattableString.Invariant($"Needs 4 to 25 calls; {world.Session.Connection.CallsLeftToday} are left today.");
        Assert.All((string[])[set.Description, set.Question], words => Assert.Contains(left, words, StringComparison.Ordinal));
        await world.BuildSetAsync();
        MarkPlan mark = await world.MarkStep().PlanAsync(world.MarkOptions(), default);
        await world.MarkAsync();
        PurgePlan purge = await world.PurgeStep().PlanAsync(world.PurgeOptions(AlmaPurgeRoute.UserDelete), default);

        Assert.Contains($"Needs {mark.CallsNeeded} calls;", mark.Question, StringComparison.Ordinal);
        Assert.Contains($"Needs {purge.CallsNeeded} calls;", purge.Question, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_releases_none_is_named()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);

        BuildSetPlan plan = await world.BuildSetStep().PlanAsync(null, new BuildSetOptions(), default);

        Assert.Contains(FormattableString.Invariant($"user group UNDRGRD expired before {world.Cutoff:yyyy-MM-dd}. Needs "), plan.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PurgeWorld.PurgeGroup, PurgeWorld.PurgeGroup)]
    [InlineData(null, PurgeWorld.Group)]
    public async Task Word_to_be_typed_is_the_purge_group_or_else_the_patrons_own(string? group, string word)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        BuildSetPlan set = await world.BuildSetStep().PlanAsync(null, new BuildSetOptions(), default);
        await world.BuildSetAsync();
        MarkPlan mark = await world.MarkStep().PlanAsync(world.MarkOptions() with { PurgeGroup = group }, default);
        await world.MarkAsync(world.MarkOptions() with { PurgeGroup = group });
        PurgePlan purge = await world.PurgeStep().PlanAsync(world.PurgeOptions(), default);

        Assert.Equal((null, word, word), (set.ConfirmWord, mark.ConfirmWord, purge.ConfirmWord));
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(31, true)]
    public async Task More_than_three_times_the_last_purge_of_the_group_is_a_caution(int patrons, bool isCaution)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(41);
        string[] ids = [.. world.Run.Patrons.CandidateIds()];
        world.Propose(ids.Take(10));
        await world.MarkedAsync();
        await world.PurgeAsync();
        PurgeRun last = world.Run;
        world.Propose(ids.Skip(10).Take(patrons));

        BuildSetPlan set = await world.BuildSetStep().PlanAsync(null, new BuildSetOptions(), default);
        PurgeRun preview = world.Run.ToPreview();
        BuildSetPlan previewed = await world.BuildSetStep(preview).PlanAsync(null, new BuildSetOptions(), default);
        await world.MarkedAsync();
        PurgePlan purge = await world.PurgeStep().PlanAsync(world.PurgeOptions(), default);

        string caution = FormattableString.Invariant($"CAUTION: {patrons} patrons are more than three times the 10 of the last purge of this user group (run {last.RunId}, ");
        Assert.All((string[])[set.Description, set.Question, previewed.Description, purge.Question], words =>
            Assert.Equal(isCaution, words.Contains(caution, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Last_purge_of_another_group_or_a_damaged_neighbour_says_nothing()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(40);
        string[] ids = [.. world.Run.Patrons.CandidateIds()];
        world.Simulator.AddUserGroup("OTHER", "Other");
        world.AddPatron("x1", s => s with { UserGroup = "OTHER" });
        world.Propose(["x1"], world.Criteria("OTHER"));
        await world.MarkedAsync();
        await world.PurgeAsync();
        string damaged = Directory.CreateDirectory(Path.Combine(world.Store.Root, "damaged")).FullName;
        await File.WriteAllTextAsync(Path.Combine(damaged, "run.json"), "{");
        world.Propose(ids);

        BuildSetPlan plan = await world.BuildSetStep().PlanAsync(null, new BuildSetOptions(), default);

        Assert.DoesNotContain("CAUTION", plan.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reviews_whose_vetoes_nobody_has_taken_over_are_named()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        IReadOnlyList<string> ids = world.Run.Patrons.RemainingIds();
        DateTimeOffset written = new(2026, 3, 5, 23, 30, 0, TimeSpan.Zero);
        foreach (int number in (int[])[1, 2, 3])
        {
            world.Run.AddReview(number, ids, written.AddDays(number));
        }

        world.Run.Update(d => d with { Reviews = [d.Reviews[0], d.Reviews[1] with { ReadAt = written.AddDays(9) }, d.Reviews[2]] });

        BuildSetPlan plan = await world.BuildSetStep().PlanAsync(null, new BuildSetOptions(), default);

        Assert.Contains("; review not read back: 1 (of 2026-03-06), 3 (of 2026-03-08). Needs ", plan.Question, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Group_that_was_given_by_its_description_is_told_by_its_code()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        world.Propose(world.Run.Patrons.CandidateIds(), world.Criteria("undergraduate students"));

        BuildSetPlan plan = await world.BuildSetStep().PlanAsync(null, new BuildSetOptions(), default);
        await world.BuildSetAsync();
        MarkPlan mark = await world.MarkStep().PlanAsync(world.MarkOptions() with { PurgeGroup = null }, default);

        Assert.Contains("user group UNDRGRD expired before", plan.Description, StringComparison.Ordinal);
        Assert.StartsWith("Patrons of UNDRGRD expired before", Assert.Single(world.Simulator.Sets).Description, StringComparison.Ordinal);
        Assert.Equal("UNDRGRD", mark.ConfirmWord);
    }
}
