using System.Globalization;

namespace AlmaPurge.Core.Alma;

/// <summary>
/// Alma's set-based job "Purge users", there since November 2025 (documented). Its id and the names of its parameters
/// are not known outside, so it is found by its name, and its parameters by what their names say. A parameter whose
/// name says nothing to us is refused: it may be the one that purges everybody.
/// </summary>
public static class PurgeUsersJob
{
    /// <summary>The job's name, any case.</summary>
    public const string JobName = "Purge users";

    private enum Meaning
    {
        Unknown,
        Set,
        Name,
        Fixed,
        Days,
        Waive,
        Group,
        RecordType,
    }

    /// <summary>Finds the job; null if this Alma has none, or not for this key.</summary>
    /// <exception cref="AlmaPurgeException">There are several.</exception>
    public static async Task<AlmaJobRecord?> FindAsync(IAlmaReader reader, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        List<AlmaJobRecord> found = [];
        await foreach (AlmaJobRecord job in reader.GetJobsAsync("MANUAL", cancellationToken).ConfigureAwait(false))
        {
            if (Is(job))
            {
                found.Add(job);
            }
        }

        return found.Count <= 1
            ? found.FirstOrDefault()
            : throw new AlmaPurgeException(
                "SeveralPurgeJobs",
                AlmaPurgeErrorKind.SafetyStop,
                $"Alma has several jobs named \"{JobName}\": {string.Join(", ", found.Select(job => job.Id))}.",
                "Use another -Route, or rename the job that is not Alma's own.");
    }

    /// <summary>Whether a job is this one, by its own record.</summary>
    public static bool Is(AlmaJobRecord job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return string.Equals(job.Name.Trim(), JobName, StringComparison.OrdinalIgnoreCase)
            && (job.Content.Length == 0 || string.Equals(job.Content, "USER", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Builds the parameters.</summary>
    /// <param name="request">What is to be done.</param>
    /// <param name="job">The job with the parameters that Alma names.</param>
    /// <param name="template">The institution's own parameters; they go before those that Alma names.</param>
    /// <exception cref="AlmaPurgeException">A parameter is missing, repeated or not understood; it is named.</exception>
    public static IReadOnlyList<JobParameter> Build(
        PurgeUsersRequest request,
        AlmaJobDefinition job,
        JobTemplate? template)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(job);
        if (template?.JobId is string id && !id.Equals(job.Job.Id, StringComparison.OrdinalIgnoreCase))
        {
            throw JobParameters.Refused("(address)", $"is for job {id} and not for {job.Job.Id}.");
        }

        IReadOnlyList<JobParameter> source = template?.Parameters ?? job.Parameters;
        JobParameters.RefuseRepeats(source);
        Dictionary<Meaning, string> homes = Homes(source);
        return source.Select(parameter => Filled(parameter, request, homes)).ToArray();
    }

    /// <summary>What was asked for and the job has no parameter for, in words: Alma does not enforce it.</summary>
    /// <param name="parameters">The job's parameters.</param>
    public static IReadOnlyList<string> NotEnforced(IReadOnlyList<JobParameter> parameters)
    {
        HashSet<Meaning> there = [.. parameters.Select(p => MeaningOf(p.Name))];
        (Meaning Meaning, string Words)[] guards =
        [
            (Meaning.Days, "days after purge date"),
            (Meaning.Waive, "waive threshold"),
            (Meaning.Group, "user group"),
            (Meaning.RecordType, "record type"),
        ];
        return [.. guards.Where(g => !there.Contains(g.Meaning)).Select(g => g.Words)];
    }

    private static Dictionary<Meaning, string> Homes(IReadOnlyList<JobParameter> source)
    {
        Dictionary<Meaning, string> homes = [];
        foreach (JobParameter parameter in source)
        {
            Meaning meaning = MeaningOf(parameter.Name);
            if (meaning == Meaning.Unknown)
            {
                throw JobParameters.Refused(parameter.Name, "is not known, so nobody can say what it would do.");
            }

            if (meaning != Meaning.Fixed && !homes.TryAdd(meaning, parameter.Name))
            {
                throw JobParameters.Refused(parameter.Name, $"seems to mean the same as {homes[meaning]}.");
            }
        }

        // Without these nobody could say whom the job takes, nor find it again after a lost answer.
        foreach ((Meaning meaning, string name) in (ReadOnlySpan<(Meaning, string)>)[
            (Meaning.Set, JobParameters.SetId),
            (Meaning.Name, JobParameters.JobName)])
        {
            if (!homes.ContainsKey(meaning))
            {
                throw JobParameters.Refused(name, "is missing; give the job's own list with -JobTemplate.");
            }
        }

        return homes;
    }

    private static JobParameter Filled(
        JobParameter parameter,
        PurgeUsersRequest request,
        Dictionary<Meaning, string> homes)
    {
        string? value = MeaningOf(parameter.Name) switch
        {
            Meaning.Set => request.SetId,
            Meaning.Name => request.JobName,
            Meaning.Days => request.DaysAfterPurgeDate.ToString(CultureInfo.InvariantCulture),
            Meaning.Waive => request.WaiveThreshold.ToString(CultureInfo.InvariantCulture),
            Meaning.Group => request.UserGroup,
            Meaning.RecordType => request.RecordType,
            _ => null,
        };
        if (value is not null && string.IsNullOrWhiteSpace(value))
        {
            throw JobParameters.Refused(homes[MeaningOf(parameter.Name)], "would be empty.");
        }

        return value is null ? parameter : parameter with { Value = value };
    }

    private static Meaning MeaningOf(string name)
    {
        string plain = new([.. name.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);
        return plain switch
        {
            "setid" => Meaning.Set,
            "jobname" => Meaning.Name,
            "product" => Meaning.Fixed,
            _ when plain.EndsWith("daysafterpurgedate", StringComparison.Ordinal) => Meaning.Days,
            _ when plain.EndsWith("waivethreshold", StringComparison.Ordinal) => Meaning.Waive,
            _ when plain.EndsWith("usergroup", StringComparison.Ordinal) => Meaning.Group,
            _ when plain.EndsWith("recordtype", StringComparison.Ordinal) => Meaning.RecordType,
            _ => Meaning.Unknown,
        };
    }
}
