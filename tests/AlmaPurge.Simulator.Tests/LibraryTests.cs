using System.Text;

namespace AlmaPurge.Simulator.Tests;

public sealed class LibraryTests
{
    private static readonly DateOnly s_cutoff = new(2025, 11, 22);

    private static AlmaSimulator New(int count, int seed = 1)
    {
        return AlmaSimulator.Create(new SimulatorOptions
        {
            UserCount = count, Seed = seed, Now = TestClient.Noon, RequestsPerSecond = 0,
        });
    }

    private static string Report(AlmaSimulator simulator, string? group = null)
    {
        using StringWriter users = new();
        simulator.ExportUsers(users, group);
        simulator.ExportFines(users, group);
        return users.ToString();
    }

    [Fact]
    public void A_seed_makes_the_same_library_again()
    {
        Assert.Equal(Report(New(300)), Report(New(300)));
        Assert.NotEqual(Report(New(300)), Report(New(300, seed: 2)));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(5_000)]
    public void Half_of_each_student_group_is_safe_to_purge(int count)
    {
        AlmaSimulator simulator = New(count);
        foreach (string group in (string[])["UNDRGRD", "GRAD"])
        {
            int all = simulator.Users.Count(u => u.UserGroup == group);
            int safe = simulator.PurgeableFor(group, s_cutoff).Count;
            Assert.InRange(safe, all * 0.45, all * 0.55);
        }

        Assert.DoesNotContain(simulator.Users, u => u.UserGroup is "PURGEUG" or "PURGEGR");
    }

    [Fact]
    public void Every_rule_has_someone_in_each_student_group()
    {
        string[] rules =
        [
            "ExpiryMissing", "NotExpired", "RecentlyActive", "StaffRecord", "OtherRole", "InternalAccount",
            "LinkedCopy", "Researcher", "OpenLoans", "OpenRequests", "OwesFees", "Blocked", "Proxy",
            "AlreadyDeleted", "NotFound", "IdentityMismatch",
        ];
        AlmaSimulator simulator = New(300);
        foreach (string group in (string[])["UNDRGRD", "GRAD"])
        {
            HashSet<string> met = [.. simulator.ManifestFor(group, s_cutoff)
                .Where(e => !e.Reasons.Contains("OtherUserGroup")).SelectMany(e => e.Reasons)];
            Assert.Equal(rules.Order(), met.Order());
        }
    }

    [Fact]
    public void The_manifest_judges_people_as_they_were()
    {
        AlmaSimulator simulator = New(0);
        simulator.AddUser(new SimulatedUserSpec { PrimaryId = "safe", ExpiryDate = new DateOnly(2020, 1, 1) });
        simulator.AddUser(new SimulatedUserSpec
        {
            PrimaryId = "many",
            ExpiryDate = s_cutoff,
            OpenLoans = 1,
            Fees = [new("OVERDUEFINE", "EXPORTED", 0, 5)],
            Blocks = [new("GENERAL", "BARRED", "ACTIVE", new DateOnly(2026, 11, 21))],
        });
        simulator.AddUser(new SimulatedUserSpec
        {
            PrimaryId = "barred",
            ExpiryDate = new DateOnly(2020, 1, 1),
            Blocks = [new("GENERAL", "BARRED", "ACTIVE", null)],
        });
        simulator.UpdateUser("many", s => s with { OpenLoans = 0, UserGroup = "PURGEUG" });

        IReadOnlyList<ManifestEntry> manifest = simulator.ManifestFor("UNDRGRD", s_cutoff);
        Assert.Equal(["many", "barred"], manifest.Select(e => e.PrimaryId));
        Assert.Equal(["NotExpired", "OpenLoans", "OwesFees"], manifest[0].Reasons);
        Assert.Equal(["Blocked"], manifest[1].Reasons);
        Assert.Equal(["safe"], simulator.PurgeableFor("UNDRGRD", s_cutoff));
        Assert.All(simulator.ManifestFor("GRAD", s_cutoff), e => Assert.Contains("OtherUserGroup", e.Reasons));
    }

    [Fact]
    public void Some_barcodes_are_other_peoples_primary_ids()
    {
        AlmaSimulator simulator = New(300);
        HashSet<string> ids = [.. simulator.Users.Select(u => u.PrimaryId)];
        Assert.Contains(simulator.Users, u => u.State.Identifiers.Any(i => ids.Contains(i.Value)));
    }

    [Fact]
    public void The_reports_have_the_columns_of_Analytics()
    {
        AlmaSimulator simulator = New(0);
        simulator.AddFromRow(
            "00266600",
            "UNDRGRD",
            expiry: new DateOnly(2019, 5, 23),
            status: "Inactive",
            recordType: "Public",
            accountType: "External",
            purgeDate: new DateOnly(2020, 5, 22));
        simulator.AddFromRow("x,\"y\"", "GRAD", isBlocked: true, hasOtherRole: true, isLinkedCopy: true);
        simulator.AddFee("00266600", "Overdue fine", "In dispute", 50m, 5m);
        string path = Path.GetTempFileName();
        try
        {
            simulator.ExportUsers(path, "UNDRGRD");
            Assert.Equal(Encoding.UTF8.GetPreamble(), File.ReadAllBytes(path)[..3]);
            Assert.Equal(
                [
                    "Primary Identifier,First Name,Last Name,User Group,User Group Code,User Record Type,User Type,"
                    + "Status,Expiry Date,Purge Date,Last Activity Date,Has Role Other Than Patron,"
                    + "User - Linked From Other Institution,Is Blocked",
                    "00266600,Test,Patron,Undergraduate Students,UNDRGRD,Public,External,Inactive,2019-05-23,"
                    + "2020-05-22,,N,No,No",
                ],
                File.ReadAllLines(path));
            simulator.ExportFines(path);
            Assert.Equal(
                [
                    "Primary Identifier,Fine Fee Type,Fine Fee Status,Original Amount,Remaining Amount",
                    "00266600,Overdue fine,In dispute,50.00,5.00",
                ],
                File.ReadAllLines(path));
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Contains("\"x,\"\"y\"\"\",", Report(simulator, "GRAD"), StringComparison.Ordinal);
        Assert.Contains(",Y,Yes,Yes", Report(simulator, "GRAD"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_deleted_row_is_not_found_by_the_API_but_reported()
    {
        AlmaSimulator simulator = New(0);
        Assert.True(simulator.AddFromRow("gone", "UNDRGRD", status: "Deleted").IsDeleted);
        Assert.Contains("gone", Report(simulator), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => simulator.AddFromRow("x", "NOPE"));
    }

    [Fact]
    public void A_group_can_be_added()
    {
        AlmaSimulator simulator = New(0);
        simulator.AddUserGroup("PURGEST", "Purge Staff", "STAFF");
        simulator.AddUser(new SimulatedUserSpec { PrimaryId = "a", UserGroup = "PURGEST" });
        Assert.Equal("PURGEST", simulator.FindUser("A")!.UserGroup);
        Assert.Throws<ArgumentException>(() => simulator.AddUserGroup("PURGEST", "Again"));
    }

    [Fact]
    public async Task Many_clients_at_once_are_served()
    {
        AlmaSimulator simulator = New(200);
        using TestClient client = new(simulator);
        string[] ids = [.. client.Present().Select(u => u.PrimaryId)];
        await Parallel.ForEachAsync(Enumerable.Range(0, 2_000), async (i, _) =>
        {
            string id = ids[i % ids.Length];
            Assert.Equal(id, (await client.GetAsync(TestClient.UserPath(id)))["primary_id"]!.ToString());
        });
        Assert.Equal(2_000, simulator.Requests.Count);
        Assert.All(simulator.Requests, r => Assert.Equal("GET", r.Method));
    }

    [Fact]
    public void The_clock_runs_stops_and_moves()
    {
        AlmaSimulator simulator = New(0);
        Assert.InRange(simulator.Clock.Now, TestClient.Noon, TestClient.Noon.AddMinutes(1));
        simulator.Clock.Freeze();
        DateTimeOffset stopped = simulator.Clock.Now;
        simulator.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(stopped.AddDays(3), simulator.Clock.Now);
        simulator.Clock.Set(new DateTimeOffset(2030, 1, 1, 1, 0, 0, TimeSpan.FromHours(1)));
        Assert.Equal(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), simulator.Clock.Now);
    }
}
