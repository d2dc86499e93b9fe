using System.Globalization;

namespace AlmaPurge.Core.Alma;

/// <summary>
/// Builds the request for Alma's job "Update/Notify Users". Exactly the intended fields are switched on; a template
/// that switches on anything else is refused, since one flag may mail every patron or reset passwords.
/// </summary>
public static class UpdateUsersJob
{
    /// <summary>The job's id, the same everywhere (seen in two institutions that have nothing in common).</summary>
    public const string JobId = "M148";

    /// <summary>The job's name. The job's own record must say so before it is run.</summary>
    public const string JobName = "Update/Notify Users";

    private const string Prefix = UpdateUsersTemplate.Prefix;
    private const string Active = "_Active";

    /// <summary>An unused date is sent as 0, which as a date is 1970: purgeable at once.</summary>
    private static readonly DateOnly s_lastImpossibleDate = new(2000, 1, 1);

    /// <summary>Whether a job is this one, by its own record.</summary>
    public static bool Is(AlmaJobRecord job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return string.Equals(job.Name.Trim(), JobName, StringComparison.OrdinalIgnoreCase)
            && (job.Content.Length == 0 || string.Equals(job.Content, "USER", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Builds the parameters.</summary>
    /// <param name="request">What is to be done.</param>
    /// <param name="template">The institution's own parameters; null for the known list.</param>
    /// <exception cref="AlmaPurgeException">A parameter is missing, repeated or would do more; it is named.</exception>
    public static IReadOnlyList<JobParameter> Build(UpdateUsersRequest request, JobTemplate? template)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (template?.JobId is string id && !id.Equals(JobId, StringComparison.OrdinalIgnoreCase))
        {
            throw JobParameters.Refused("(address)", $"is for job {id} and not for {JobId}.");
        }

        Dictionary<string, string> wanted = Wanted(request);
        IReadOnlyList<JobParameter> source = template?.Parameters ?? UpdateUsersTemplate.All;
        JobParameters.RefuseRepeats(source);
        RefuseMissing(source, wanted);
        JobParameter[] built = source
            .Select(parameter => wanted.TryGetValue(parameter.Name, out string? value)
                ? parameter with { Value = value }
                : parameter)
            .ToArray();
        RefuseOthers(built, wanted);
        return built;
    }

    private static Dictionary<string, string> Wanted(UpdateUsersRequest request)
    {
        if (request.PurgeDate is null && request.UserGroup is null)
        {
            throw JobParameters.Refused(Prefix + "Purge_Date" + Active, "would change nothing, nor would any other.");
        }

        Dictionary<string, string> wanted = new(StringComparer.OrdinalIgnoreCase)
        {
            [JobParameters.SetId] = NotBlank(JobParameters.SetId, request.SetId),
            [JobParameters.JobName] = NotBlank(JobParameters.JobName, request.JobName),
            [Prefix + "Purge_Date" + Active] = request.PurgeDate is null ? "false" : "true",
            [Prefix + "UserGroup" + Active] = request.UserGroup is null ? "false" : "true",
        };
        if (request.PurgeDate is DateOnly date)
        {
            wanted[Prefix + "Purge_Date_Value"] = Milliseconds(date, request.Zone);
            wanted[Prefix + "Purge_Date_Condition"] = "Null";
        }

        if (request.UserGroup is string group)
        {
            wanted[Prefix + "UserGroup_Value"] = NotBlank(Prefix + "UserGroup_Value", group);
            wanted[Prefix + "UserGroup_Condition"] = "Null";
        }

        return wanted;
    }

    private static string Milliseconds(DateOnly date, TimeZoneInfo zone)
    {
        if (date <= s_lastImpossibleDate)
        {
            throw JobParameters.Refused(
                Prefix + "Purge_Date_Value",
                $"would be {date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}; no date up to 2000-01-01 is ever set.");
        }

        DateTime noon = date.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Unspecified);
        DateTimeOffset instant = new(noon, zone.GetUtcOffset(noon));
        return instant.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
    }

    private static string NotBlank(string name, string value) => string.IsNullOrWhiteSpace(value)
        ? throw JobParameters.Refused(name, "would be empty.")
        : value.Trim();

    private static void RefuseMissing(IReadOnlyList<JobParameter> source, Dictionary<string, string> wanted)
    {
        HashSet<string> names = new(source.Select(parameter => parameter.Name), StringComparer.OrdinalIgnoreCase);

        // A switch that is missing is off, and that is all right for those that are to be off.
        string? missing = wanted
            .Where(pair => pair.Value != "false" && !pair.Key.EndsWith("_Condition", StringComparison.Ordinal))
            .Select(pair => pair.Key)
            .FirstOrDefault(name => !names.Contains(name));
        if (missing is not null)
        {
            throw JobParameters.Refused(missing, "is missing from the template.");
        }
    }

    private static void RefuseOthers(IEnumerable<JobParameter> built, Dictionary<string, string> wanted)
    {
        foreach (JobParameter parameter in built.Where(p => !wanted.ContainsKey(p.Name)))
        {
            bool isSwitch = parameter.Name.EndsWith(Active, StringComparison.OrdinalIgnoreCase);
            bool isOff = JobParameters.IsNeutral(parameter.Value)
                || parameter.Value.Equals("false", StringComparison.OrdinalIgnoreCase);
            if (isSwitch && !isOff)
            {
                throw JobParameters.Refused(parameter.Name, $"is '{parameter.Value}' and must be false.");
            }
        }
    }
}
