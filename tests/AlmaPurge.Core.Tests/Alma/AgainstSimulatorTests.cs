using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Rules;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Alma;

/// <summary>The client against a server that was written from the same facts by other hands.</summary>
public sealed class AgainstSimulatorTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Everything_that_reads_sends_nothing_but_gets()
    {
        AlmaSimulator alma = Start();
        using AlmaClient client = Connect(alma);

        AlmaGeneralConfiguration general = await client.GetGeneralConfigurationAsync(default);
        IReadOnlyList<AlmaCodeTableRow> groups = await client.GetCodeTableAsync("UserGroups", default);
        IReadOnlyList<AlmaMappingTableRow> types = await client.GetMappingTableAsync("UserRecordTypeUserGroup", default);
        List<AlmaJobRecord> jobs = await client.GetJobsAsync("MANUAL", default).ToListAsync();
        await client.GetUserAsync(alma.Users[0].PrimaryId, expand: true, default);
        await client.FindSetsAsync(null, default).ToListAsync();
        await client.FindUsersInGroupAsync("PURGEUG", default).ToListAsync();
        foreach (AlmaArea area in Enum.GetValues<AlmaArea>().Where(area => area != AlmaArea.Analytics))
        {
            await client.TestAsync(area, default);
        }

        Assert.Equal((alma.Options.InstitutionCode, AlmaEnvironment.Sandbox), (general.InstitutionCode, general.Environment));
        Assert.Equal(alma.UserGroups.Select(g => g.Code), groups.Select(g => g.Code));
        Assert.Contains(types, row => row.Columns.Values.Contains("PURGEUG"));
        Assert.Contains(jobs, job => job.Id == UpdateUsersJob.JobId && UpdateUsersJob.Is(job));
        Assert.NotNull(client.CallsLeftToday);
        Assert.All(alma.Requests, request => Assert.Equal("GET", request.Method));
        Assert.All(alma.Requests, request => Assert.DoesNotContain(alma.ApiKey, request.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_generated_user_is_read_without_an_unreadable_fact()
    {
        AlmaSimulator alma = Start(400);
        using AlmaClient client = Connect(alma);

        foreach (SimulatedUser user in alma.Users.Where(u => !u.IsDeleted))
        {
            AlmaUserRecord read = (await client.GetUserAsync(user.PrimaryId, expand: true, default))!;

            Assert.Equal(user.PrimaryId, read.PrimaryId.Value);
            Assert.Equal(user.State.UserGroup, read.UserGroup.Value);
            Assert.Equal(user.State.ExpiryDate, read.ExpiryDate.IsKnown ? read.ExpiryDate.Value : null);
            Assert.Equal(user.State.Roles.Count, read.Roles.IsKnown ? read.Roles.Value.Count : 0);
            Assert.True(read.OpenLoans.IsKnown && read.OpenRequests.IsKnown && read.FeeBalance.IsKnown);
            PatronFacts facts = LiveFactsReader.Facts(user.PrimaryId, read, new DateOnly(2026, 3, 1));
            Assert.False(facts.RecordType.IsUnreadable || facts.Status.IsUnreadable || facts.AccountType.IsUnreadable);
            Assert.False(read.Blocks.IsUnreadable || read.ProxyForCount.IsUnreadable || read.LastActivityDate.IsUnreadable);
        }
    }

    [Fact]
    public async Task Unknown_user_is_null_and_a_bad_key_is_unauthorized()
    {
        AlmaSimulator alma = Start();
        using AlmaClient client = Connect(alma);
        using AlmaClient stranger = Connect(alma, "l7xxnotakey");
        using AlmaClient usersOnly = Connect(alma, alma.AddKey("users:read"));

        Assert.Null(await client.GetUserAsync("nobody/at all", expand: true, default));
        AlmaApiException error = await FakeAlma.FailsAsync(() => stranger.GetUserAsync("x", expand: true, default));
        AlmaApiException narrow = await FakeAlma.FailsAsync(() => usersOnly.GetGeneralConfigurationAsync(default));
        Assert.Equal(AlmaErrorKind.Unauthorized, error.Kind);
        Assert.Equal(AlmaErrorKind.Unauthorized, narrow.Kind);
        Assert.Contains("Configuration", narrow.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData()]
    [InlineData("duplicateMembers")]
    [InlineData("serverError@3")]
    [InlineData("throttle@4")]
    public async Task Set_is_built_marked_and_read_back(params string[] faults)
    {
        AlmaSimulator alma = Start(20, faults);
        string[] ids = [.. Enumerable.Range(0, 230).Select(i => $"mark/{i} x")];
        foreach (string id in ids)
        {
            alma.AddUser(new SimulatedUserSpec { PrimaryId = id, UserGroup = "UNDRGRD" });
        }

        using AlmaClient client = Connect(alma);
        IAlmaWriter writer = client.GetWriter(WriteApproval.Given("test"));
        AlmaSetRecord set = await writer.CreateUserSetAsync("AlmaPurge b1", "run 1", default);
        await writer.AddSetMembersAsync(set.Id, ids, default);
        Assert.Equal(ids.Order(), (await client.GetSetMemberIdsAsync(set.Id, default).ToListAsync()).Order());
        Assert.Equal(set.Id, (await client.FindSetsAsync("almapurge B1", default).ToListAsync()).Single().Id);

        IReadOnlyList<JobParameter> parameters = UpdateUsersJob.Build(
            new UpdateUsersRequest { SetId = set.Id, JobName = "b1", PurgeDate = new DateOnly(2026, 2, 1), UserGroup = "PURGEUG" },
            null);
        AlmaJobStart start = await writer.RunJobAsync(UpdateUsersJob.JobId, parameters, default);
        alma.Clock.Advance(TimeSpan.FromHours(1));
        AlmaJobInstanceRecord run = await client.GetJobInstanceAsync(UpdateUsersJob.JobId, start.InstanceId!, default);
        List<AlmaUserRecord> marked = await client.FindUsersInGroupAsync("purgeug", default).ToListAsync();

        Assert.Equal(JobState.Succeeded, run.State);
        Assert.Superset(ids.ToHashSet(), marked.Select(u => u.PrimaryId.Value).ToHashSet());
        Assert.All(
            marked.Where(u => ids.Contains(u.PrimaryId.Value)),
            user => Assert.Equal(new DateOnly(2026, 2, 1), user.PurgeDate.Value));
    }

    [Fact]
    public async Task Purge_job_is_found_by_name_and_its_parameters_are_understood()
    {
        AlmaSimulator alma = Start();
        using AlmaClient client = Connect(alma);

        AlmaJobRecord job = (await PurgeUsersJob.FindAsync(client, default))!;
        AlmaJobDefinition definition = await client.GetJobAsync(job.Id, default);
        IReadOnlyList<JobParameter> built = PurgeUsersJob.Build(
            new PurgeUsersRequest { SetId = "1", JobName = "n", DaysAfterPurgeDate = 1, WaiveThreshold = 1, UserGroup = "PURGEUG" },
            definition,
            null);

        Assert.Equal(definition.Parameters.Count, built.Count);
        Assert.DoesNotContain(built, parameter => parameter.Value.Length == 0);
    }

    [Fact]
    public async Task User_is_put_back_and_deleted()
    {
        AlmaSimulator alma = Start();
        alma.AddUser(new SimulatedUserSpec { PrimaryId = "odd/ID #1", UserGroup = "PURGEUG", UserGroupSetManually = true });
        using AlmaClient client = Connect(alma);
        IAlmaWriter writer = client.GetWriter(WriteApproval.Given("test"));
        AlmaUserRecord user = (await client.GetUserAsync("odd/ID #1", expand: false, default))!;

        await writer.PutUserAsync(user.WithUserGroup("UNDRGRD").WithPurgeDate(new DateOnly(2026, 5, 5)), "user_group", default);
        AlmaUserRecord after = (await client.GetUserAsync("odd/ID #1", expand: false, default))!;
        await writer.DeleteUserAsync("odd/ID #1", default);

        Assert.Equal(("UNDRGRD", new DateOnly(2026, 5, 5)), (after.UserGroup.Value, after.PurgeDate.Value));
        Assert.Equal(user.Roles.Value, after.Roles.Value);
        Assert.Null(await client.GetUserAsync("odd/ID #1", expand: true, default));
    }

    [Fact]
    public async Task Lost_answer_to_a_post_leaves_doubt_and_is_not_sent_again()
    {
        AlmaSimulator alma = Start(20, "dropAcceptedPost");
        using AlmaClient client = Connect(alma);
        IAlmaWriter writer = client.GetWriter(WriteApproval.Given("test"));

        AlmaApiException error = await FakeAlma.FailsAsync(() => writer.CreateUserSetAsync("lost", "d", default));

        Assert.True(error.OutcomeUnknown);
        Assert.Single(alma.Requests, request => request.Method == "POST");
        Assert.Single(await client.FindSetsAsync("lost", default).ToListAsync());
    }

    [Fact]
    public async Task Daily_limit_stops_at_once()
    {
        AlmaSimulator alma = AlmaSimulator.Create(new SimulatorOptions { Now = s_now, UserCount = 5, DailyLimit = 3 });
        using AlmaClient client = Connect(alma);
        for (int i = 0; i < 3; i++)
        {
            await client.GetGeneralConfigurationAsync(default);
        }

        AlmaApiException error = await FakeAlma.FailsAsync(() => client.GetGeneralConfigurationAsync(default));

        Assert.Equal(AlmaErrorKind.DailyLimit, error.Kind);
        Assert.Equal(4, alma.Requests.Count);
    }

    private static AlmaSimulator Start(int users = 60, params string[] faults) => AlmaSimulator.Create(new SimulatorOptions
    {
        Now = s_now,
        UserCount = users,
        Seed = 7,
        RequestsPerSecond = 0,
        Faults = faults,
    });

    private static AlmaClient Connect(AlmaSimulator alma, string? key = null) => new(new AlmaClientOptions
    {
        BaseAddress = alma.BaseAddress,
        ApiKey = key ?? alma.ApiKey,
        RequestsPerSecond = 0,
        RetryDelay = TimeSpan.FromMilliseconds(1),
        Handler = alma.CreateHandler(),
    });
}
