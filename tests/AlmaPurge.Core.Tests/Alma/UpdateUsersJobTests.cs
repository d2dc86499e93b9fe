using System.Globalization;
using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Tests.Alma;

public sealed class UpdateUsersJobTests
{
    private const string P = "UPDATE_User_Information_";

    private static readonly UpdateUsersRequest s_request = new()
    {
        SetId = "95",
        JobName = "AlmaPurge 7f3c b1",
        PurgeDate = new DateOnly(2025, 11, 22),
        UserGroup = "PURGEUG",
    };

    [Fact]
    public void Exactly_the_intended_switches_are_on()
    {
        IReadOnlyList<JobParameter> built = UpdateUsersJob.Build(s_request, null);

        Assert.Equal(
            [P + "UserGroup_Active", P + "Purge_Date_Active"],
            built.Where(p => p.Name.EndsWith("_Active", StringComparison.Ordinal) && p.Value != "false").Select(p => p.Name));
        Assert.Equal("95", Value(built, "set_id"));
        Assert.Equal("AlmaPurge 7f3c b1", Value(built, "job_name"));
        Assert.Equal("alma", Value(built, "PRODUCT"));
        Assert.Equal("1763812800000", Value(built, P + "Purge_Date_Value"));
        Assert.Equal("Null", Value(built, P + "Purge_Date_Condition"));
        Assert.Equal("PURGEUG", Value(built, P + "UserGroup_Value"));
        Assert.Equal("false", Value(built, "SEND_Notification_To_User_Active"));
        Assert.Equal("0", Value(built, P + "Expiry_Date_Value"));
        Assert.Equal(72, built.Count);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void One_of_the_two_may_be_left_alone(bool date, bool group)
    {
        UpdateUsersRequest request = s_request with
        {
            PurgeDate = date ? s_request.PurgeDate : null,
            UserGroup = group ? "PURGEUG" : null,
        };

        IReadOnlyList<JobParameter> built = UpdateUsersJob.Build(request, null);

        Assert.Equal(date ? "true" : "false", Value(built, P + "Purge_Date_Active"));
        Assert.Equal(group ? "true" : "false", Value(built, P + "UserGroup_Active"));
        Assert.Equal(date ? "1763812800000" : "0", Value(built, P + "Purge_Date_Value"));
    }

    [Theory]
    [InlineData(-5, "2025-11-22T17:00:00Z")]
    [InlineData(11, "2025-11-22T01:00:00Z")]
    public void Date_is_noon_in_the_institutions_zone(int offset, string instant)
    {
        TimeZoneInfo zone = TimeZoneInfo.CreateCustomTimeZone("x", TimeSpan.FromHours(offset), "x", "x");

        string value = Value(UpdateUsersJob.Build(s_request with { Zone = zone }, null), P + "Purge_Date_Value");

        Assert.Equal(
            DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture),
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(value, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("1970-01-01")]
    [InlineData("1999-12-31")]
    [InlineData("2000-01-01")]
    public void Date_that_makes_everybody_purgeable_is_never_set(string date)
    {
        UpdateUsersRequest request = s_request with { PurgeDate = DateOnly.Parse(date, CultureInfo.InvariantCulture) };

        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => UpdateUsersJob.Build(request, null));

        Assert.Equal(AlmaPurgeErrorKind.SafetyStop, error.Kind);
        Assert.Contains(date, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void First_possible_date_is_set()
    {
        UpdateUsersJob.Build(s_request with { PurgeDate = new DateOnly(2000, 1, 2) }, null);
    }

    public static TheoryData<string> OtherSwitches => [.. UpdateUsersJob.Build(s_request, null)
        .Select(p => p.Name)
        .Where(n => n.EndsWith("_Active", StringComparison.Ordinal)
            && n is not (P + "UserGroup_Active" or P + "Purge_Date_Active"))
        .Append("SOMETHING_New_Active")];

    [Theory]
    [MemberData(nameof(OtherSwitches))]
    public void Any_other_switch_is_refused_by_name(string name)
    {
        foreach (string on in (string[])["true", "TRUE", "yes", "1"])
        {
            AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(
                () => UpdateUsersJob.Build(s_request, Template(name, on)));

            Assert.Equal(name, error.Target);
            Assert.Contains(name, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("false")]
    [InlineData("False")]
    [InlineData("Null")]
    [InlineData("")]
    public void Switch_that_is_off_in_any_way_is_taken(string off)
    {
        Assert.Equal(off, Value(UpdateUsersJob.Build(s_request, Template("SOMETHING_New_Active", off)), "SOMETHING_New_Active"));
    }

    [Fact]
    public void Switch_of_ours_that_a_template_left_on_is_switched_off_where_it_is_not_wanted()
    {
        IReadOnlyList<JobParameter> built = UpdateUsersJob.Build(
            s_request with { UserGroup = null },
            Template(P + "UserGroup_Active", "true"));

        Assert.Equal("false", Value(built, P + "UserGroup_Active"));
    }

    [Theory]
    [InlineData("set_id")]
    [InlineData("job_name")]
    [InlineData(P + "Purge_Date_Active")]
    [InlineData(P + "Purge_Date_Value")]
    [InlineData(P + "UserGroup_Active")]
    [InlineData(P + "UserGroup_Value")]
    public void Template_that_lacks_what_is_needed_is_refused_by_name(string missing)
    {
        JobTemplate template = new(null, [.. UpdateUsersJob.Build(s_request, null).Where(p => p.Name != missing)]);

        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => UpdateUsersJob.Build(s_request, template));

        Assert.Equal(missing, error.Target);
    }

    [Fact]
    public void Template_keeps_its_own_values_and_order()
    {
        JobTemplate template = Template("INSTITUTION_Own_Value", "42");

        IReadOnlyList<JobParameter> built = UpdateUsersJob.Build(s_request, template);

        Assert.Equal(template.Parameters.Select(p => p.Name), built.Select(p => p.Name));
        Assert.Equal("42", Value(built, "INSTITUTION_Own_Value"));
    }

    [Fact]
    public void Template_of_another_job_is_refused()
    {
        JobTemplate template = new("M44", UpdateUsersJob.Build(s_request, null));

        Assert.Contains("M44", Assert.Throws<AlmaPurgeException>(() => UpdateUsersJob.Build(s_request, template)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Request_that_changes_nothing_or_lacks_its_set_is_refused()
    {
        Assert.Throws<AlmaPurgeException>(() => UpdateUsersJob.Build(s_request with { PurgeDate = null, UserGroup = null }, null));
        Assert.Throws<AlmaPurgeException>(() => UpdateUsersJob.Build(s_request with { SetId = " " }, null));
        Assert.Throws<AlmaPurgeException>(() => UpdateUsersJob.Build(s_request with { JobName = "" }, null));
        Assert.Throws<AlmaPurgeException>(() => UpdateUsersJob.Build(s_request with { UserGroup = "" }, null));
    }

    private static JobTemplate Template(string name, string value)
    {
        List<JobParameter> parameters = [.. UpdateUsersJob.Build(s_request, null).Where(p => p.Name != name)];
        parameters.Insert(0, new JobParameter(name, value));
        return new JobTemplate(null, parameters);
    }

    private static string Value(IReadOnlyList<JobParameter> parameters, string name) =>
        parameters.Single(p => p.Name == name).Value;
}
