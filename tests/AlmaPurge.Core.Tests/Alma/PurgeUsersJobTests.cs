using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Tests.Alma;

public sealed class PurgeUsersJobTests
{
    private static readonly AlmaJobRecord s_job = new("M973", "Purge Users", "MANUAL", "USERS", "USER", "");

    private static readonly PurgeUsersRequest s_request = new()
    {
        SetId = "95",
        JobName = "AlmaPurge 7f3c",
        DaysAfterPurgeDate = 1,
        WaiveThreshold = 1.5m,
        UserGroup = "PURGEUG",
    };

    [Fact]
    public void Parameters_are_filled_by_what_their_names_say()
    {
        IReadOnlyList<JobParameter> built = PurgeUsersJob.Build(
            s_request,
            Definition("PRODUCT=alma", "set_id=", "job_name=", "X_Days_After_Purge_Date=0", "X_WaiveThreshold=0", "X_User_Group=Null", "X_User_Record_Type=Null"),
            null);

        Assert.Equal(
            ["PRODUCT=alma", "set_id=95", "job_name=AlmaPurge 7f3c", "X_Days_After_Purge_Date=1", "X_WaiveThreshold=1.5", "X_User_Group=PURGEUG", "X_User_Record_Type=PUBLIC"],
            built.Select(p => $"{p.Name}={p.Value}"));
    }

    [Theory]
    [InlineData("X_Ignore_Loans")]
    [InlineData("X_Group")]
    [InlineData("SEND_Notification_To_User_Active")]
    public void Parameter_that_nobody_knows_is_refused_by_name(string name)
    {
        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => PurgeUsersJob.Build(
            s_request,
            Definition("set_id=", "job_name=", "DaysAfterPurgeDate=", "WaiveThreshold=", name + "=false"),
            null));

        Assert.Equal(name, error.Target);
    }

    [Theory]
    [InlineData("set_id=")]
    [InlineData("job_name=")]
    public void Job_that_cannot_be_told_what_was_agreed_to_is_refused(string missing)
    {
        string[] all = ["set_id=", "job_name=", "DaysAfterPurgeDate=", "WaiveThreshold="];

        Assert.Throws<AlmaPurgeException>(
            () => PurgeUsersJob.Build(s_request, Definition([.. all.Where(p => p != missing)]), null));
        PurgeUsersJob.Build(s_request, Definition(all), null);
    }

    [Theory]
    [InlineData("DaysAfterPurgeDate=", "days after purge date")]
    [InlineData("WaiveThreshold=", "waive threshold")]
    [InlineData("X_UserGroup=", "user group")]
    [InlineData("X_RecordType=", "record type")]
    public void What_the_job_has_no_parameter_for_is_named(string missing, string words)
    {
        string[] all = ["set_id=", "job_name=", "DaysAfterPurgeDate=", "WaiveThreshold=", "X_UserGroup=", "X_RecordType="];

        Assert.Equal([words], PurgeUsersJob.NotEnforced(
            PurgeUsersJob.Build(s_request, Definition([.. all.Where(p => p != missing)]), null)));
        Assert.Empty(PurgeUsersJob.NotEnforced(Definition(all).Parameters));
    }

    [Fact]
    public void Two_homes_for_one_value_are_refused()
    {
        Assert.Throws<AlmaPurgeException>(() => PurgeUsersJob.Build(
            s_request,
            Definition("set_id=", "job_name=", "DaysAfterPurgeDate=", "WaiveThreshold=", "A_user_group=", "B_UserGroup="),
            null));
    }

    [Fact]
    public void Template_goes_before_what_alma_names()
    {
        JobTemplate template = new("M973", Definition("set_id=", "job_name=", "T_DaysAfterPurgeDate=", "T_WaiveThreshold=").Parameters);

        IReadOnlyList<JobParameter> built = PurgeUsersJob.Build(s_request, Definition(), template);

        Assert.Contains(new JobParameter("T_DaysAfterPurgeDate", "1"), built);
        Assert.Throws<AlmaPurgeException>(() => PurgeUsersJob.Build(s_request, Definition(), template with { JobId = "M148" }));
    }

    [Fact]
    public async Task Job_is_found_by_its_name_and_content()
    {
        using AlmaClient client = Jobs("M1|Purge items|ITEM", "M2|purge users|ITEM", "M973|PURGE USERS|USER").Connect();

        Assert.Equal("M973", (await PurgeUsersJob.FindAsync(client, default))!.Id);
    }

    [Fact]
    public async Task No_such_job_is_null_and_two_are_refused()
    {
        using AlmaClient none = Jobs("M1|Purge items|ITEM").Connect();
        using AlmaClient two = Jobs("M1|Purge users|USER", "M2|Purge Users|USER").Connect();

        Assert.Null(await PurgeUsersJob.FindAsync(none, default));
        AlmaPurgeException error = await Assert.ThrowsAsync<AlmaPurgeException>(() => PurgeUsersJob.FindAsync(two, default));
        Assert.Contains("M1, M2", error.Message, StringComparison.Ordinal);
    }

    private static FakeAlma Jobs(params string[] jobs) => FakeAlma.Saying(
        $$"""
        {"job":[{{string.Join(",", jobs.Select(j => j.Split('|')).Select(j => $$"""{"id":"{{j[0]}}","name":"{{j[1]}}","content":{"value":"{{j[2]}}"} }"""))}}],
         "total_record_count":{{jobs.Length}}}
        """);

    private static AlmaJobDefinition Definition(params string[] parameters) => new(
        s_job,
        [.. parameters.Select(p => p.Split('=')).Select(p => new JobParameter(p[0], p[1]))]);
}
