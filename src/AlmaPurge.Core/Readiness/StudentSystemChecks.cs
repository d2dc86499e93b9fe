using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Readiness;

/// <summary>
/// A check of the profiles through which the student system loads users. A load that comes between marking and purge
/// takes patrons back; one that adds whom it does not find makes the purged anew. How a profile names its settings is not
/// documented, so they are told by the words in their names, and whatever is not found is for a person to look at.
/// </summary>
internal abstract class StudentSystemCheck : ReadinessCheck
{
    protected const string Place = "Configuration > General > Integration profiles, the profile of type Users";

    /// <summary>The words that the setting's name must have, all of them.</summary>
    protected abstract string[] Words { get; }

    /// <summary>What the setting is called for people.</summary>
    protected abstract string Setting { get; }

    protected override string AskRemedy => $"Look under {Place}, at {Setting}.";

    protected override async Task<AlmaReadinessCheck> CheckAsync(ReadinessContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<AlmaIntegrationProfile> profiles =
            await context.StudentSystemsAsync(cancellationToken).ConfigureAwait(false);
        if (profiles.Count == 0)
        {
            return Ask("Alma lists no profile of a student system to this key.");
        }

        // The worst of several profiles counts.
        return profiles.Select(CheckProfile).MaxBy(r => Array.IndexOf(s_severity, r.Status))!;
    }

    protected abstract AlmaReadinessCheck Judge(string profile, string value);

    protected static bool IsOn(string value) =>
        value.Equals("true", StringComparison.OrdinalIgnoreCase) || value.Equals("active", StringComparison.OrdinalIgnoreCase);

    protected static bool IsOff(string value) =>
        value.Equals("false", StringComparison.OrdinalIgnoreCase) || value.Equals("inactive", StringComparison.OrdinalIgnoreCase);

    protected AlmaReadinessCheck NotUnderstood(string profile, string value) =>
        Ask($"The profile '{profile}' has {Setting} '{value}', which is not understood.");

    private static readonly AlmaReadinessStatus[] s_severity =
        [AlmaReadinessStatus.Pass, AlmaReadinessStatus.Warn, AlmaReadinessStatus.Ask, AlmaReadinessStatus.Fail];

    private AlmaReadinessCheck CheckProfile(AlmaIntegrationProfile profile) => profile.Setting(Words) is { } value
        ? Judge(profile.Name, value)
        : Ask($"The profile '{profile.Name}' does not tell {Setting}.");
}

/// <summary>Synchronize brings back students who return, so it is to be on (the vendor's advice).</summary>
internal sealed class StudentSystemSynchronizeCheck : StudentSystemCheck
{
    public override string Name => "StudentSystemSynchronize";

    protected override string[] Words => ["SYNC", "ACTIVE"];

    protected override string Setting => "whether Synchronize is active";

    protected override AlmaReadinessCheck Judge(string profile, string value) => IsOn(value)
        ? Pass($"Synchronize is active in the profile '{profile}'.")
        : IsOff(value)
            ? Warn(
                $"Synchronize is not active in the profile '{profile}', so expiry dates may be out of date.",
                "Switch it on, or make sure that returning students are known before the purge.")
            : NotUnderstood(profile, value);
}

/// <summary>Import makes users without asking who they were, so it is to be off (the vendor's advice).</summary>
internal sealed class StudentSystemImportCheck : StudentSystemCheck
{
    public override string Name => "StudentSystemImport";

    protected override string[] Words => ["IMPORT", "ACTIVE"];

    protected override string Setting => "whether Import is active";

    protected override AlmaReadinessCheck Judge(string profile, string value) => IsOff(value)
        ? Pass($"Import is not active in the profile '{profile}'.")
        : IsOn(value)
            ? Warn(
                $"Import is active in the profile '{profile}': it may create anew who was purged.",
                $"Switch it off under {Place}, as Ex Libris advises, and load by Synchronize.")
            : NotUnderstood(profile, value);
}

/// <summary>What a load does with records that match nobody.</summary>
internal sealed class StudentSystemUnmatchedCheck : StudentSystemCheck
{
    public override string Name => "StudentSystemUnmatched";

    protected override string[] Words => ["UNMATCHED"];

    protected override string Setting => "what is done with unmatched records";

    protected override AlmaReadinessCheck Judge(string profile, string value) => value switch
    {
        _ when value.Contains("ADD", StringComparison.OrdinalIgnoreCase) || value.Contains("CREATE", StringComparison.OrdinalIgnoreCase) => Warn(
            $"The profile '{profile}' adds records that match nobody: whoever is still in the student system's file is created anew after the purge.",
            "Have the purged taken out of the student system's file before the next load."),
        _ when value.Contains("NOTHING", StringComparison.OrdinalIgnoreCase) || value.Contains("REJECT", StringComparison.OrdinalIgnoreCase) =>
            Pass($"The profile '{profile}' leaves records alone that match nobody ({value})."),
        _ => NotUnderstood(profile, value),
    };
}

/// <summary>When the load comes: no marking and purge should stand across it.</summary>
internal sealed class StudentSystemScheduleCheck : StudentSystemCheck
{
    public override string Name => "StudentSystemSchedule";

    protected override string[] Words => ["SYNC", "SCHEDULE"];

    protected override string Setting => "when Synchronize runs";

    protected override AlmaReadinessCheck Judge(string profile, string value) => Warn(
        $"The profile '{profile}' loads users: {value}.",
        "Mark and purge between two loads: one in between takes patrons back, and the purge stops if they are many.");
}
