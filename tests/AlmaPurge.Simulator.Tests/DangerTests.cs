namespace AlmaPurge.Simulator.Tests;

/// <summary>The people who are dangerous to purge, each with all reasons in the manifest.</summary>
public sealed class DangerTests
{
    private static readonly DateOnly s_today = new(2026, 11, 22);
    private static readonly DateOnly s_cutoff = new(2025, 11, 22);

    private static AlmaSimulator New(int count = 1_000, bool mergedIdsResolve = false)
    {
        return AlmaSimulator.Create(new SimulatorOptions
        {
            UserCount = count, Now = TestClient.Noon, RequestsPerSecond = 0, MergedIdsResolve = mergedIdsResolve,
        });
    }

    private static Dictionary<string, IReadOnlyList<string>> Reasons(AlmaSimulator simulator)
    {
        return simulator.ManifestFor(null, s_cutoff).ToDictionary(e => e.PrimaryId, e => e.Reasons);
    }

    [Fact]
    public void A_danger_more_or_less_moves_nobody_else()
    {
        // Chance is each patron's own: a smaller library is the beginning of a larger one, but for the barcode twins.
        static string Text(SimulatedUser user)
        {
            return $"{user.PrimaryId} {user.ExpiryDate} {user.PurgeDate} {user.State.LastName}";
        }

        Assert.Equal(New(40).Users.Select(Text), New(400).Users.Take(40).Select(Text));
    }

    [Fact]
    public void Boundary_days_fall_on_the_right_side()
    {
        AlmaSimulator simulator = New();
        Dictionary<string, IReadOnlyList<string>> reasons = Reasons(simulator);
        SimulatedUser onTheDay = simulator.Users.First(u => u.ExpiryDate == s_cutoff);
        Assert.Contains("NotExpired", reasons[onTheDay.PrimaryId]);
        SimulatedUser dayBefore = simulator.Users.First(u => u.ExpiryDate == s_cutoff.AddDays(-1));
        Assert.DoesNotContain(dayBefore.PrimaryId, reasons.Keys);
        SimulatedUser active = simulator.Users.First(u => u.LastPatronActivityDate == s_cutoff);
        Assert.Contains("RecentlyActive", reasons[active.PrimaryId]);
    }

    [Fact]
    public void Someone_enrolled_again_still_has_the_old_purge_date()
    {
        AlmaSimulator simulator = New();
        SimulatedUser returned = simulator.Users.First(u => u.ExpiryDate > s_today && u.PurgeDate < s_today);
        Assert.Contains("NotExpired", Reasons(simulator)[returned.PrimaryId]);
        Assert.Contains(returned.PrimaryId, simulator.PurgeUserRecords(1, "PUBLIC", null, 100));
        Assert.Contains(simulator.WronglyPurged(null, s_cutoff), e => e.PrimaryId == returned.PrimaryId);
    }

    [Fact]
    public void Small_debts_and_disputes_count_whatever_credit_there_is()
    {
        AlmaSimulator simulator = New();
        Dictionary<string, IReadOnlyList<string>> reasons = Reasons(simulator);
        SimulatedUser small = simulator.Users.First(u => u.Fees.Count == 3 && u.Fees.All(f => f.Balance == 0.40m));
        SimulatedUser even = simulator.Users.First(
            u => u.Fees.Any(f => f.Status == "INDISPUTE") && u.Fees.Sum(f => f.Balance) == 0);
        Assert.Contains("OwesFees", reasons[small.PrimaryId]);
        Assert.Contains("OwesFees", reasons[even.PrimaryId]);
    }

    [Fact]
    public void A_fee_in_a_state_nobody_knows_is_owed()
    {
        AlmaSimulator simulator = New(0);
        simulator.AddUser(new SimulatedUserSpec
        {
            PrimaryId = "u1", ExpiryDate = new DateOnly(2020, 1, 1), Fees = [new("OTHER", "NEW_STATE", 1m, 1m)],
        });
        Assert.Equal(["OwesFees"], Reasons(simulator)["u1"]);
    }

    [Fact]
    public void All_reasons_are_named()
    {
        AlmaSimulator simulator = New();
        Assert.Contains(Reasons(simulator).Values, r => r is
            ["OtherRole", "OpenLoans", "OpenRequests", "OwesFees", "Blocked"]);
        Assert.Contains(simulator.Users, u => u.RecordType == "CONTACT");
        Assert.Contains(simulator.Users, u => u.State is { SourceInstitutionCode: null, SourceLinkId: not null });
    }

    [Theory]
    [InlineData(10)]
    [InlineData(2_000)]
    public void A_third_was_never_active_and_most_have_no_rare_field(int count)
    {
        SimulatedUser[] present = [.. New(count).Users.Where(u => !u.IsDeleted)];
        Assert.InRange(present.Count(u => u.LastPatronActivityDate is null), count * 0.25, count * 0.45);
        Assert.True(present.Count(u => u.State.LinkingId is null) > count * 0.8);
        Assert.True(present.Count(u => u.State.SourceInstitutionCode is null) > count * 0.8);
        Assert.True(present.Count(u => u.State.IsResearcher is null) > count * 0.8);
    }

    [Fact]
    public async Task Whoever_is_gone_is_reported_but_not_found_or_somebody_else()
    {
        AlmaSimulator simulator = New();
        using TestClient client = new(simulator);
        Dictionary<string, IReadOnlyList<string>> reasons = Reasons(simulator);
        string[] gone = [.. simulator.Users.Where(u => u.IsDeleted).Select(u => u.PrimaryId)];
        Assert.All(gone, id => Assert.Contains("AlreadyDeleted", reasons[id]));
        string lost = gone.First(id => reasons[id].Contains("NotFound"));
        Assert.Equal("401861", await client.GetErrorAsync(TestClient.UserPath(lost)));
        string twin = gone.First(id => reasons[id].Contains("IdentityMismatch"));
        Assert.NotEqual(twin, (await client.GetAsync(TestClient.UserPath(twin)))["primary_id"]!.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_merged_id_answers_with_the_survivor_only_where_the_option_says_so(bool resolve)
    {
        AlmaSimulator simulator = New(0, resolve);
        simulator.AddUser(new SimulatedUserSpec { PrimaryId = "old", OpenLoans = 1 });
        simulator.AddUser(new SimulatedUserSpec { PrimaryId = "kept" });
        simulator.MergeUsers("old", "kept");
        using TestClient client = new(simulator);
        Assert.Equal(1, simulator.FindUser("kept")!.OpenLoans);
        if (resolve)
        {
            Assert.Equal("kept", (await client.GetAsync("users/old"))["primary_id"]!.ToString());
        }
        else
        {
            Assert.Equal("401861", await client.GetErrorAsync("users/old"));
        }

        Assert.Equal("401890", await client.GetErrorAsync("users/old?user_id_type=BARCODE"));
        Assert.Throws<ArgumentException>(() => simulator.MergeUsers("kept", "kept"));
    }
}
