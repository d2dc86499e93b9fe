namespace AlmaPurge.Core.Tests.Rehearsal;

/// <summary>The rehearsal from outside: what it prints, what it leaves, and its exit codes.</summary>
public sealed class RehearsalTests : IDisposable
{
    private const string Good = "All patrons are accounted for, and nobody was purged wrongly.";
    private const string Cutoff = "2025-01-01";

    private readonly RehearsalProcess _rehearsal = new();

    [Fact]
    public async Task Without_options_it_purges_a_made_up_library()
    {
        RehearsalOutcome outcome = await _rehearsal.RunAsync();
        outcome.Exits(0).Says(Good).Says("135 patrons of UNDRGRD").Says("SetJob for 68 patrons");
        Assert.Empty(outcome.Errors);
        Assert.DoesNotContain('\r', outcome.Output.ReplaceLineEndings("\n"));
        string folder = Assert.Single(_rehearsal.RunFolders);
        outcome.Says($"Run folder: {folder}");
        Assert.Equal(1 + 135, File.ReadAllLines(Path.Combine(folder, "results.csv")).Length);
    }

    [Fact]
    public async Task The_route_of_single_deletions_and_another_group_work_too()
    {
        RehearsalOutcome outcome =
            await _rehearsal.RunAsync("--route", "UserDelete", "--user-group", "Graduate Students", "--seed", "7");
        outcome.Exits(0).Says(Good).Says("UserDelete for 45 patrons").Says("purge group PURGEGR");
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_purge()
    {
        string[] arguments = ["--seed", "5", "--size", "60", "--runs", Directory.CreateTempSubdirectory("almapurge-tests-").FullName];
        RehearsalOutcome first = await _rehearsal.RunAsync(arguments);
        RehearsalOutcome second = await _rehearsal.RunAsync(arguments);
        first.Exits(0);
        Assert.Equal(WhoStays(first), WhoStays(second));
        Assert.Empty(_rehearsal.RunFolders);
        Assert.Equal(2, Directory.GetDirectories(arguments[^1]).Length);
        Directory.Delete(arguments[^1], recursive: true);
    }

    [Fact]
    public async Task A_large_library_raises_the_ceiling_and_says_so()
    {
        RehearsalOutcome outcome = await _rehearsal.RunAsync("--size", "2500");
        outcome.Exits(0).Says(Good).Says("The ceiling was raised to");
    }

    [Theory]
    [InlineData("SetJob")]
    [InlineData("UserDelete")]
    [InlineData("Handoff")]
    public async Task Exports_of_ones_own_with_fines_are_rehearsed(string route)
    {
        RehearsalOutcome outcome = await _rehearsal.RunAsync(
            "--users", RehearsalProcess.Export("undergraduates.csv"),
            "--fines", RehearsalProcess.Export("fines.csv"),
            "--user-group", "UNDRGRD",
            "--expired-before", Cutoff,
            "--route", route);
        outcome.Exits(0).Says(Good).Says("60 candidates, 10 stay").Says("53 candidates, 7 owe").Says("53 pass every rule");
    }

    [Theory]
    [InlineData("undergraduates-us-dates.csv", 40)]
    [InlineData("undergraduates-utf16.txt", 25)]
    [InlineData("undergraduates.xlsx", 50)]
    [InlineData("total-row.csv", 10)]
    [InlineData("two-groups.csv", 10, "--user-group", "GRAD")]
    [InlineData("usernames.txt", 12, "--user-group", "UNDRGRD")]
    [InlineData("usernames.txt", 12, "--user-group", "A Group Of My Own")]
    [InlineData("undergraduates-ambiguous-dates.csv", 20, "--date-format", "dd/MM/yyyy")]
    public async Task Every_good_export_is_rehearsed(string file, int purged, params string[] more)
    {
        RehearsalOutcome outcome = await _rehearsal.RunAsync(
            ["--users", RehearsalProcess.Export(file), "--expired-before", Cutoff, .. more]);
        outcome.Exits(0).Says(Good).Says($"SetJob for {purged} patrons");
    }

    [Theory]
    [InlineData("undergraduates-ambiguous-dates.csv", "dates.csv: column 'Expiry Date'", "Give --date-format")]
    [InlineData("excel-damaged-ids.xlsx", "column 'Primary Identifier', row 2", "Export the report again")]
    [InlineData("two-groups.csv", "UNDRGRD (Undergraduate Students), GRAD", "name it with --user-group")]
    [InlineData("usernames.txt", "No user group is given", "with --user-group")]
    [InlineData("no-such-file.csv", "no-such-file.csv: there is no file", "Check the path")]
    public async Task A_bad_export_ends_with_a_clear_error_and_leaves_nothing(string file, string what, string nextStep)
    {
        RehearsalOutcome outcome = await _rehearsal.RunAsync("--users", RehearsalProcess.Export(file));
        outcome.Exits(1).Complains(what).Complains(nextStep).Complains("Nobody was purged.");
        Assert.Empty(_rehearsal.RunFolders);
    }

    [Fact]
    public async Task Fines_without_rows_are_refused()
    {
        RehearsalOutcome outcome = await _rehearsal.RunAsync(
            "--users", RehearsalProcess.Export("undergraduates.csv"), "--fines", RehearsalProcess.Export("fines-empty.csv"));
        outcome.Exits(1).Complains("fines-empty.csv").Complains("leave out --fines");
        Assert.Empty(_rehearsal.RunFolders);
    }

    [Theory]
    [InlineData("--purge-group", "NOPE", "UserGroupNotFound")]
    [InlineData("--purge-group", "UNDRGRD", "PurgeGroupIsOwnGroup")]
    [InlineData("--purge-group", "HELDBACK", "PurgeGroupHoldsOthers")]
    [InlineData("--user-group", "NOPE", "UserGroupNotFound")]
    public async Task A_group_that_will_not_do_stops_the_run(string option, string value, string error)
    {
        RehearsalOutcome outcome = await _rehearsal.RunAsync(option, value);
        outcome.Exits(1).Complains(error).Complains("Nobody was purged.");
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("--expired-before", "1/2/2025")]
    [InlineData("--route", "Nowhere")]
    [InlineData("--size", "5")]
    [InlineData("--size", "x")]
    [InlineData("--seed", "x")]
    [InlineData("--users")]
    public async Task Options_that_cannot_be_meant_are_a_usage_error(params string[] arguments)
    {
        RehearsalOutcome outcome = await _rehearsal.RunAsync(arguments);
        outcome.Exits(2).Complains(arguments[0]);
        Assert.Empty(outcome.Output);
    }

    public void Dispose() => _rehearsal.Dispose();

    private static string WhoStays(RehearsalOutcome outcome)
    {
        int start = outcome.Output.IndexOf("Who stays", StringComparison.Ordinal);
        int end = outcome.Output.IndexOf("Run folder", StringComparison.Ordinal);
        return outcome.Output[start..end];
    }
}
