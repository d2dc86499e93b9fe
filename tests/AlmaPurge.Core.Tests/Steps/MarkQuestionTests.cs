using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>The words before a marking, what is refused in which words, and when a marking is the same as before.</summary>
public sealed class MarkQuestionTests
{
    [Theory]
    [InlineData(PurgeWorld.PurgeGroup, "the purge group PURGEUG")]
    [InlineData(null, "no other user group")]
    public async Task Question_tells_date_and_group(string? group, string words)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.BuildSetAsync();

        MarkPlan plan = await world.MarkStep().PlanAsync(world.MarkOptions() with { PurgeGroup = group }, default);

        string set = world.Run.Document.Set!.Name;
        Assert.Equal($"user set '{set}'", plan.Target);
        Assert.StartsWith(
            FormattableString.Invariant($"Set the purge date {world.PurgeDate:yyyy-MM-dd} and {words} for the 3 patrons of the user set '{set}'. "),
            plan.Description,
            StringComparison.Ordinal);
        Assert.False(plan.IsDone);
    }

    [Fact]
    public async Task Marking_that_is_done_has_nothing_to_send_and_nothing_to_wait_for()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();

        MarkPlan plan = await world.MarkStep().PlanAsync(world.MarkOptions(), default);

        Assert.True(plan.IsDone);
        Assert.Empty(plan.Requests);
    }

    [Fact]
    public async Task Same_number_of_days_on_a_later_day_means_the_marking_that_was_made()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        MarkOptions options = world.MarkOptions() with { DaysAgo = 30 };
        await world.MarkedAsync(options);
        world.Time.Advance(TimeSpan.FromDays(1));
        MarkOptions later = options with { PurgeDate = options.PurgeDate.AddDays(1) };

        MarkPlan plan = await world.MarkStep().PlanAsync(later, default);

        Assert.True(plan.IsDone);
        foreach (MarkOptions other in (MarkOptions[])[later with { DaysAgo = 29 }, later with { DaysAgo = null }])
        {
            await RefusalTests.StopsBeforeWritingAsync(
                world, "AlreadyMarked", () => world.MarkStep().PlanAsync(other, default));
        }
    }

    [Fact]
    public async Task Refusal_of_other_values_tells_both()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        await world.MarkedAsync();
        using PurgeWorld own = await PurgeWorld.SafeAsync(2);
        await own.MarkedAsync(own.MarkOptions() with { PurgeGroup = null });

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync(
            "AlreadyMarked", () => world.MarkStep().PlanAsync(world.MarkOptions() with { PurgeGroup = null }, default));
        AlmaPurgeException second = await PurgeWorldSteps.StopsAsync(
            "AlreadyMarked", () => own.MarkStep().PlanAsync(own.MarkOptions(), default));

        string date = FormattableString.Invariant($"{world.PurgeDate:yyyy-MM-dd}");
        Assert.Contains($"the purge date {date} and the purge group PURGEUG before, not {date} and no purge group.", error.Message, StringComparison.Ordinal);
        Assert.Contains($"the purge date {date} and no purge group before, not {date} and the purge group PURGEUG.", second.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusals_name_what_they_refuse()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        world.Simulator.AddUserGroup("PURGE_UG", "Odd");
        world.Simulator.AddUserGroup("STAFFONLY", "Staff only", "STAFF");

        Assert.Contains($"The run {world.Run.RunId} has no user set yet", await MessageAsync(o => o, "SetMissing"), StringComparison.Ordinal);
        await world.BuildSetAsync();
        Assert.Contains("'UNDRGRD' is the user group of the patrons themselves", await MessageAsync(o => o with { PurgeGroup = "UNDRGRD" }, "PurgeGroupIsOwnGroup"), StringComparison.Ordinal);
        Assert.Contains("The code 'PURGE_UG' has other characters", await MessageAsync(o => o with { PurgeGroup = "PURGE_UG" }, "PurgeGroupCodeIllegal"), StringComparison.Ordinal);
        Assert.Contains("The group STAFFONLY is not set up", await MessageAsync(o => o with { PurgeGroup = "STAFFONLY" }, "PurgeGroupNotForRecordType"), StringComparison.Ordinal);
        AlmaPurgeException date = await PurgeWorldSteps.StopsAsync(
            "PurgeDateOutOfRange",
            () => world.MarkStep().PlanAsync(world.MarkOptions() with { PurgeDate = new DateOnly(1999, 12, 31) }, default));
        Assert.Equal("1999-12-31", date.Target);
        world.Line.Change = (_, text) => text.Replace("Update/Notify Users", "Delete everything", StringComparison.Ordinal);
        Assert.Contains(
            "The job M148 of this institution is 'Delete everything' and not 'Update/Notify Users'",
            await MessageAsync(o => o, "WrongJob"),
            StringComparison.Ordinal);

        async Task<string> MessageAsync(Func<MarkOptions, MarkOptions> change, string id) => (await PurgeWorldSteps.StopsAsync(
            id, () => world.MarkStep().PlanAsync(change(world.MarkOptions()), default))).Message;
    }

    [Theory]
    [InlineData(403, "FORBIDDEN")]
    [InlineData(404, "402119")]
    [InlineData(400, "402119")]
    public async Task Table_of_record_types_that_cannot_be_read_leaves_it_to_Alma(int status, string code)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        await world.BuildSetAsync();
        world.Line.Answer = request => IsTable(request) ? InterceptingHandler.Error(code, status: status) : null;

        MarkPlan plan = await world.MarkStep().PlanAsync(world.MarkOptions(), default);

        Assert.Equal(PurgeWorld.PurgeGroup, plan.PurgeGroup);
        Assert.Contains(world.Reporter.Details, d => d.Contains("says nothing about PURGEUG", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Table_of_record_types_that_got_no_answer_stops_the_marking()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        await world.BuildSetAsync();
        world.Line.Answer = request => IsTable(request) ? throw new HttpRequestException("no network") : null;

        await Assert.ThrowsAsync<Core.Alma.AlmaApiException>(() => world.MarkStep().PlanAsync(world.MarkOptions(), default));
    }

    private static bool IsTable(HttpRequestMessage request) =>
        request.RequestUri!.AbsolutePath.Contains("/mapping-tables/", StringComparison.Ordinal);
}
