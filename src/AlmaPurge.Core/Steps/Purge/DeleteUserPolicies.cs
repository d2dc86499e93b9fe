namespace AlmaPurge.Core.Steps;

/// <summary>What each Delete User Policy leaves behind, in words (documented: "Configuring Delete User Policy Settings").</summary>
public static class DeleteUserPolicies
{
    /// <summary>Where in Alma it is configured; no API reads it.</summary>
    public const string Place = "Configuration > User Management > General > Delete User Policy";

    /// <summary>The option as Alma's page words it.</summary>
    public static string Label(AlmaDeleteUserPolicy policy) => policy switch
    {
        AlmaDeleteUserPolicy.KeepFullyReportable => "Keep fully reportable",
        AlmaDeleteUserPolicy.KeepStatistics => "Keep statistics",
        AlmaDeleteUserPolicy.KeepStatisticsRemoveId => "Keep statistics and remove primary ID",
        _ => "Fully remove",
    };

    /// <summary>What it leaves of a person.</summary>
    public static string Effect(AlmaDeleteUserPolicy policy) => policy switch
    {
        AlmaDeleteUserPolicy.KeepFullyReportable =>
            "status becomes Deleted, identifiers are deactivated, the rest stays",
        AlmaDeleteUserPolicy.KeepStatistics =>
            "statistics and data such as user group stay, and the primary identifier moves into the last name",
        AlmaDeleteUserPolicy.KeepStatisticsRemoveId =>
            "statistics and data such as user group stay, and an internal id takes the place of the primary identifier",
        _ => "nothing stays, statistics neither",
    };

    /// <summary>The error where nobody has said which one is configured.</summary>
    public static AlmaPurgeException Missing(string? runId) => new(
        "DeleteUserPolicyMissing",
        AlmaPurgeErrorKind.InvalidArgument,
        "Which Delete User Policy is configured cannot be read through Alma's API, and it decides what a purge leaves behind. Nothing was done.",
        $"Look under {Place} and give it as -DeleteUserPolicy.",
        runId);
}
