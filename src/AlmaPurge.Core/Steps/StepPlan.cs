using System.Globalization;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// What a step that changes Alma would do: in words for the prompt and the preview, and as the exact requests. Made
/// by reading alone.
/// </summary>
public abstract class StepPlan
{
    private protected StepPlan(PurgeRun run, AlmaSession session)
    {
        Run = run;
        Session = session;
    }

    /// <summary>The run it is for.</summary>
    public PurgeRun Run { get; }

    /// <summary>The thing that is changed, for the prompt: a set, a group, a run.</summary>
    public abstract string Target { get; }

    /// <summary>What would be done, with counts, institution, environment and releases.</summary>
    public abstract string Description { get; }

    /// <summary>What is asked before it is done; the environment comes first.</summary>
    public virtual string Question => Description + " Go on?";

    /// <summary>What stands over the question.</summary>
    public string Caption => $"{Session.Connection.EnvironmentType}: {Session.Connection.InstitutionName} ({Session.Connection.Institution})";

    /// <summary>The exact requests, method and address each, in order.</summary>
    public abstract IReadOnlyList<string> Requests { get; }

    /// <summary>The purge group that the step names, if it does.</summary>
    public virtual string? PurgeGroup => null;

    /// <summary>What is to be typed in production; null where a yes is enough.</summary>
    public virtual string? ConfirmWord => PurgeGroup;

    /// <summary>How many patrons it concerns.</summary>
    private protected abstract int PatronCount { get; }

    /// <summary>The patrons' own group: typed in production where they keep it, since there is no purge group then.</summary>
    private protected string OwnGroup => Run.Criteria.UserGroupCode ?? Run.Criteria.UserGroup;

    /// <summary>Whether it was done before, so that there is nothing to ask and nothing to do.</summary>
    public virtual bool IsDone => false;

    /// <summary>Environment that would be changed.</summary>
    public AlmaEnvironmentType EnvironmentType => Session.Connection.EnvironmentType;

    internal AlmaSession Session { get; }

    /// <summary>Calls from here to the end of the step; null where it is done.</summary>
    internal CallRange? CallsNeeded { get; init; }

    /// <summary>Where it happens and what was released, for the end of each description.</summary>
    private protected string Circumstances()
    {
        PurgeCriteria criteria = Run.Criteria;
        AlmaConnection connection = Session.Connection;
        List<string> parts =
        [
            $"Institution {connection.Institution}, environment {connection.EnvironmentType}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"user group {criteria.UserGroupCode ?? criteria.UserGroup} expired before {criteria.ExpiredBefore:yyyy-MM-dd}"),
        ];
        AddReleases(parts, criteria);
        AddUnreadReviews(parts);
        string circumstances = string.Join("; ", parts) + "." + (CallsNeeded is { } calls ? $" {CallForecast.Of(connection, calls)}" : "");
        return GroupHistory.Caution(Run, PatronCount) is { } caution ? circumstances + " " + caution : circumstances;
    }

    // Vetoes that lie in a workbook keep nobody.
    private void AddUnreadReviews(List<string> parts)
    {
        string[] unread = [.. Run.Document.Reviews
            .Where(r => r.ReadAt is null)
            .Select(r => FormattableString.Invariant($"{r.Number} (of {r.WrittenAt:yyyy-MM-dd})"))];
        if (unread.Length > 0)
        {
            parts.Add($"review not read back: {string.Join(", ", unread)}");
        }
    }

    private static void AddReleases(List<string> parts, PurgeCriteria criteria)
    {
        Add(parts, "ignored rules", criteria.IgnoredRules);
        Add(parts, "allowed roles", criteria.AllowedRoles);
        Add(parts, "ignored block types", criteria.IgnoredBlockTypes);
        if (criteria.InactiveSince != criteria.ExpiredBefore)
        {
            parts.Add(string.Create(
                CultureInfo.InvariantCulture, $"active before {criteria.InactiveSince:yyyy-MM-dd} counts as inactive"));
        }

        if (criteria.FeeTolerance > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"fee tolerance {criteria.FeeTolerance:0.00}"));
        }

        if (criteria.FeeCheck != AlmaFeeCheck.Full)
        {
            parts.Add("disputed and exported fees are not looked at");
        }
    }

    private static void Add(List<string> parts, string what, IReadOnlySet<string> names)
    {
        if (names.Count > 0)
        {
            parts.Add($"{what}: {string.Join(", ", names.Order(StringComparer.Ordinal))}");
        }
    }
}
