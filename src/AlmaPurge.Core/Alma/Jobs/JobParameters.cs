namespace AlmaPurge.Core.Alma;

/// <summary>What all job requests have in common: names known once, errors that name the parameter.</summary>
internal static class JobParameters
{
    public const string SetId = "set_id";
    public const string JobName = "job_name";
    public const string Product = "PRODUCT";

    /// <summary>A name twice would leave it to Alma which one counts.</summary>
    public static void RefuseRepeats(IEnumerable<JobParameter> parameters)
    {
        string? repeated = parameters
            .GroupBy(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(group => group.Count() > 1)?.Key;
        if (repeated is not null)
        {
            throw Refused(repeated, "is there twice.");
        }
    }

    /// <summary>The error for a parameter.</summary>
    public static AlmaPurgeException Refused(string name, string why) => new(
        "JobParameterRefused",
        AlmaPurgeErrorKind.SafetyStop,
        $"The job was not submitted: its parameter {name} {why}",
        "Check the job template against what Alma's wizard shows for this job.",
        name);

    /// <summary>Whether a parameter's value is one of those with which Alma's wizard says "nothing".</summary>
    public static bool IsNeutral(string value) =>
        value.Length == 0 || value.Equals("Null", StringComparison.OrdinalIgnoreCase) || value == "0";
}
