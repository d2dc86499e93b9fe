using System.Globalization;
using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Jobs;

/// <summary>
/// The set-based manual job "Purge users", there since the release of November 2025.
/// <para>
/// AN ASSUMPTION, and this file is its one home. That the job exists, takes a set of users and is a manual job is
/// documented. Nobody outside knows its id, the names of its parameters, whether the API may submit it, or whether it
/// honours purge date, waive threshold and requests. Here it is taken to do what the classic page "Purge User
/// Records" does, limited to the set. A client finds it by listing the jobs and looking for its name, and reads the
/// parameter names from the job itself; it must rely on neither id nor names.
/// </para>
/// </summary>
internal sealed class AssumedPurgeJob : IJob
{
    public const string DaysAfterPurgeDate = "PURGE_Users_Days_After_Purge_Date";
    public const string WaiveThreshold = "PURGE_Users_Waive_Threshold";
    public const string UserGroup = "PURGE_Users_User_Group";
    public const string RecordType = "PURGE_Users_User_Record_Type";

    public string Id => "M973";

    public string Name => "Purge Users";

    public string Type => "MANUAL";

    public string Category => "USERS";

    public string Content => "USER";

    public string DoneLabel => "Number of users purged";

    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; } =
    [
        new("PRODUCT", "alma"), new("set_id", ""), new("job_name", ""), new(DaysAfterPurgeDate, "0"),
        new(WaiveThreshold, "0"), new(UserGroup, "Null"), new(RecordType, "Null"),
    ];

    public void Validate(Library library, IReadOnlyDictionary<string, string> parameters)
    {
        Criteria(library, parameters);
    }

    public string? Apply(Library library, SimulatedJobRun run, SimulatedUser user)
    {
        PurgeCriteria criteria = Criteria(library, run.Parameters);
        DateTimeOffset time = run.EndTime ?? library.Now;
        string? reason = criteria.Refusal(user.State, library.DayOf(time));
        if (reason is null)
        {
            library.Removal.Remove(user, time, PurgeWay.SetJob, run.Id);
        }

        return reason;
    }

    private static PurgeCriteria Criteria(Library library, IReadOnlyDictionary<string, string> parameters)
    {
        string daysText = Given(parameters, DaysAfterPurgeDate) ?? "0";
        if (!int.TryParse(daysText, NumberStyles.None, CultureInfo.InvariantCulture, out int days))
        {
            throw ApiErrorException.InvalidParameter(DaysAfterPurgeDate, daysText, "0 or more");
        }

        string waiveText = Given(parameters, WaiveThreshold) ?? "0";
        CultureInfo invariant = CultureInfo.InvariantCulture;
        if (!decimal.TryParse(waiveText, NumberStyles.AllowDecimalPoint, invariant, out decimal waive))
        {
            throw ApiErrorException.InvalidParameter(WaiveThreshold, waiveText, "0 or more");
        }

        string? group = Given(parameters, UserGroup);
        if (group is not null && library.Group(group) is null)
        {
            throw ApiErrorException.InvalidParameter(UserGroup, group, "a user group");
        }

        string? recordType = Given(parameters, RecordType)?.ToUpperInvariant();
        if (recordType is not (null or "PUBLIC" or "STAFF"))
        {
            throw ApiErrorException.InvalidParameter(RecordType, recordType, "PUBLIC, STAFF");
        }

        return new PurgeCriteria(days, recordType, group, waive);
    }

    private static string? Given(IReadOnlyDictionary<string, string> parameters, string name)
    {
        return parameters.GetValueOrDefault(name) is string value && value is not ("" or "Null") ? value : null;
    }
}
