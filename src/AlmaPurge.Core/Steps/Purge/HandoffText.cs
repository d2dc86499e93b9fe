using System.Globalization;
using System.Text;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// The instructions for whoever runs the classic page, with the exact values in the order of clicks (the fields and their
/// order are documented). Counts and codes only, nobody's id.
/// </summary>
internal sealed class HandoffText
{
    /// <summary>The record type to choose, as the page words it.</summary>
    public const string RecordType = "Public";

    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly PurgePlan _plan;
    private readonly PurgeEntry _entry;

    public HandoffText(PurgeRun run, AlmaSession session, PurgePlan plan, PurgeEntry entry)
    {
        _run = run;
        _session = session;
        _plan = plan;
        _entry = entry;
    }

    /// <summary>The whole text.</summary>
    /// <param name="whyUntil">Why it is not valid for longer.</param>
    public string Write(string whyUntil)
    {
        StringBuilder text = new();
        foreach (string line in Head(whyUntil).Append("").Concat(Clicks()).Append("").Concat(Afterwards()))
        {
            text.AppendLine(line);
        }

        return text.ToString();
    }

    private IEnumerable<string> Head(string whyUntil)
    {
        AlmaConnection connection = _session.Connection;
        yield return "Purge of expired patrons, to be run on Alma's page \"Purge User Records\"";
        yield return "";
        yield return $"Institution:     {connection.InstitutionName} ({connection.Institution})";
        yield return $"Environment:     {connection.EnvironmentType}";
        yield return $"Run:             {_run.RunId}";
        yield return $"Written:         {Moment(_session.Time.GetUtcNow())}";
        yield return $"VALID UNTIL:     {Moment(_entry.ValidUntil!.Value)}";
        yield return $"                 ({whyUntil})";
        yield return FormattableString.Invariant($"Expected count:  {_entry.PatronCount}");
        yield return "";
        yield return "After that moment do not run it: ask for new instructions, since patrons may have come back meanwhile.";
        yield return "The job cannot be stopped once it has started, and a purged person cannot be brought back.";
    }

    private IEnumerable<string> Clicks()
    {
        string group = _plan.PurgeGroup!;
        string description = RunBinding.FindGroup(_session.UserGroups, group)?.Description ?? group;
        return
        [
            $" 1. Log in to Alma: {_session.Connection.InstitutionName}, environment {_session.Connection.EnvironmentType}.",
            $" 2. {DeleteUserPolicies.Place}: it must be \"{DeleteUserPolicies.Label(_plan.Policy!.Value)}\". STOP if it is not.",
            " 3. Admin > User Management > Purge User Records, then Add Job.",
            FormattableString.Invariant($" 4. Number of days after purge date:  {_plan.Options.DaysAfterPurgeDate}"),
            $" 5. User record type:                 {RecordType}",
            "    The field for the user group appears only now.",
            $" 6. User group:                       {description} (code {group})",
            "    STOP if there is no user group field, or no such group in it: without the group the job takes patrons of",
            "    every user group.",
            FormattableString.Invariant($" 7. Waive threshold:                  {_plan.Options.WaiveThreshold:0.##}"),
            " 8. Hold the four values against this page once more, then start the job. Run it once.",
        ];
    }

    private IEnumerable<string> Afterwards() =>
    [
        FormattableString.Invariant($"Expected: {_entry.PatronCount} users purged, or fewer where Alma itself keeps somebody. Look at the job's report under Monitor Jobs."),
        FormattableString.Invariant($"More than {_entry.PatronCount} means that others were taken too: tell at once whoever gave you this page."),
        "Then say that it was run: each patron is looked up with Confirm-AlmaPurge.",
    ];

    private string Moment(DateTimeOffset moment)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(moment, _session.Time.LocalTimeZone);
        string utc = moment.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return local.Offset == TimeSpan.Zero
            ? utc
            : local.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture) + $" ({utc})";
    }
}
