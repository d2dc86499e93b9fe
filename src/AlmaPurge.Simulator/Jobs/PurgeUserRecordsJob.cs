using System.Globalization;
using AlmaPurge.Simulator.Data;

namespace AlmaPurge.Simulator.Jobs;

/// <summary>
/// What the classic page "Purge User Records" adds to the queue: a job over everybody who fits record type, user group
/// and purge date, that staff watch and nobody can stop (documented). It is not on the list that the API gives, since
/// nothing says that the API could run it (inferred).
/// </summary>
internal sealed class PurgeUserRecordsJob : IJob
{
    /// <summary>Our own bound, about a century: so far back a date cannot be counted wrongly.</summary>
    public const int MaximumDays = 36_500;

    public const string DaysAfterPurgeDate = "Number of days after purge date";
    public const string RecordType = "User record type";
    public const string UserGroup = "User group";
    public const string WaiveThreshold = "Waive threshold";

    public string Id => "PURGE_USER_RECORDS";

    public string Name => "Purge User Records";

    public string Type => "OTHER";

    public string Category => "USERS";

    public string Content => "USER";

    public string DoneLabel => "Number of users purged";

    public string TotalLabel => "Number of users with a purge date far enough back";

    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; } =
    [
        new(DaysAfterPurgeDate, "0"), new(RecordType, ""), new(UserGroup, ""), new(WaiveThreshold, "0"),
    ];

    public static Dictionary<string, string> Ask(
        int daysAfterPurgeDate, string recordType, string? userGroup, decimal waiveThreshold)
    {
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [DaysAfterPurgeDate] = daysAfterPurgeDate.ToString(CultureInfo.InvariantCulture),
            [RecordType] = recordType.ToUpperInvariant(),
            [UserGroup] = userGroup ?? "",
            [WaiveThreshold] = waiveThreshold.ToString(CultureInfo.InvariantCulture),
        };
    }

    public static PurgeCriteria Criteria(IReadOnlyDictionary<string, string> parameters)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        string group = parameters[UserGroup];
        return new PurgeCriteria(
            int.Parse(parameters[DaysAfterPurgeDate], invariant),
            parameters[RecordType],
            group.Length > 0 ? group : null,
            decimal.Parse(parameters[WaiveThreshold], invariant));
    }

    public void Validate(Library library, IReadOnlyDictionary<string, string> parameters)
    {
        string type = parameters[RecordType];
        if (type is not ("PUBLIC" or "STAFF" or "CONTACT"))
        {
            throw new ArgumentException(
                $"'{type}' is no user record type. Give PUBLIC, STAFF or CONTACT.", nameof(parameters));
        }

        string group = parameters[UserGroup];
        if (group.Length > 0 && library.Group(group) is null)
        {
            throw new ArgumentException(
                $"There is no user group '{group}'. Known: {string.Join(", ", library.Groups.Select(g => g.Code))}.",
                nameof(parameters));
        }
    }

    public IEnumerable<SimulatedUser> Targets(Library library, SimulatedJobRun run)
    {
        PurgeCriteria criteria = Criteria(run.Parameters);
        DateOnly today = library.DayOf(run.EndTime ?? library.Now);
        return library.Users.All.Where(u => !u.IsDeleted && criteria.NotMeant(u.State, today) is null);
    }

    public string? Apply(Library library, SimulatedJobRun run, SimulatedUser user)
    {
        DateTimeOffset time = run.EndTime ?? library.Now;
        string? reason = Criteria(run.Parameters).Refusal(user.State, library.DayOf(time));
        if (reason is null)
        {
            library.Removal.Remove(user, time, PurgeWay.ClassicPage, run.Id);
        }

        return reason;
    }
}
