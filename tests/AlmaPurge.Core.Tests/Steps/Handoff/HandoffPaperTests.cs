using System.Globalization;
using System.Text.RegularExpressions;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps.Handoff;

/// <summary>The paper is all that staff have: it is held to the letter.</summary>
public sealed partial class HandoffPaperTests
{
    [Fact]
    public async Task Whole_paper_where_the_clock_is_not_that_of_Greenwich()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync(12);
        world.Time.Zone = TimeZoneInfo.CreateCustomTimeZone("two ahead", TimeSpan.FromHours(2), null, null);
        DateTimeOffset noon = world.Time.GetUtcNow();

        await world.HandOverAsync(world.PurgeOptions(AlmaPurgeRoute.Handoff) with
        {
            DaysAfterPurgeDate = 7, WaiveThreshold = 2.5m,
        });

        string paper = world.Paper();
        DateTimeOffset written = Written(paper);
        Assert.InRange(written, noon.AddMinutes(-1), world.Time.GetUtcNow());
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"""
                Purge of expired patrons, to be run on Alma's page "Purge User Records"

                Institution:     Simulated Library (01SIM_INST)
                Environment:     Simulated
                Run:             {world.Run.RunId}
                Written:         {written:yyyy-MM-dd HH:mm} +02:00 ({written.ToUniversalTime():yyyy-MM-dd HH:mm} UTC)
                VALID UNTIL:     {noon.AddDays(1):yyyy-MM-dd} 01:00 +02:00 ({noon:yyyy-MM-dd} 23:00 UTC)
                                 (the profile 'Student information system' loads users: Every day at 01:00)
                Expected count:  12

                After that moment do not run it: ask for new instructions, since patrons may have come back meanwhile.
                The job cannot be stopped once it has started, and a purged person cannot be brought back.

                 1. Log in to Alma: Simulated Library, environment Simulated.
                 2. Configuration > User Management > General > Delete User Policy: it must be "Keep statistics". STOP if it is not.
                 3. Admin > User Management > Purge User Records, then Add Job.
                 4. Number of days after purge date:  7
                 5. User record type:                 Public
                    The field for the user group appears only now.
                 6. User group:                       Purge Undergraduates (code PURGEUG)
                    STOP if there is no user group field, or no such group in it: without the group the job takes patrons of
                    every user group.
                 7. Waive threshold:                  2.5
                 8. Hold the four values against this page once more, then start the job. Run it once.

                Expected: 12 users purged, or fewer where Alma itself keeps somebody. Look at the job's report under Monitor Jobs.
                More than 12 means that others were taken too: tell at once whoever gave you this page.
                Then say that it was run: each patron is looked up with Confirm-AlmaPurge.

                """),
            paper.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task In_Greenwich_a_moment_is_told_once_and_a_group_without_description_has_its_code()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync(2);
        world.Line.Change = (request, text) => request.RequestUri!.AbsolutePath.EndsWith("/UserGroups", StringComparison.Ordinal)
            ? text.Replace("Purge Undergraduates", " ", StringComparison.Ordinal)
            : text;
        using AlmaSession session = await PurgeWorld.ConnectAsync(world.Simulator, world.Time, handler: world.Line);
        PurgeStep step = new(world.Run, session, world.Reporter);
        PurgePlan plan = await step.PlanAsync(world.PurgeOptions(AlmaPurgeRoute.Handoff), default);

        await step.ApplyAsync(plan, WriteApproval.Given("Yes, do it."), default);

        string[] lines = world.Paper().ReplaceLineEndings("\n").Split('\n');
        Assert.Contains(FormattableString.Invariant($"VALID UNTIL:     {world.Time.GetUtcNow().AddDays(1):yyyy-MM-dd} 01:00 UTC"), lines);
        Assert.Contains(" 6. User group:                       PURGEUG (code PURGEUG)", lines);
    }

    private static DateTimeOffset Written(string paper) => DateTimeOffset.ParseExact(
        WrittenLine().Match(paper).Groups[1].Value, "yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^Written:\s+(\S+ \S+ \S+) \(", RegexOptions.Multiline)]
    private static partial Regex WrittenLine();
}
