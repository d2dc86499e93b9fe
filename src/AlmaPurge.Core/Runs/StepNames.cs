namespace AlmaPurge.Core.Runs;

/// <summary>Names of the steps, as exclusions, inputs and the journal give them.</summary>
public static class StepNames
{
    /// <summary>Reading the candidates.</summary>
    public const string Import = "Import";

    /// <summary>Taking off those who owe.</summary>
    public const string Subtract = "Subtract";

    /// <summary>Live check of each patron.</summary>
    public const string Check = "Check";

    /// <summary>Taking over the vetoes of a review.</summary>
    public const string Review = "Review";

    /// <summary>Handing out the file of which the set is built by hand.</summary>
    public const string Export = "Export";

    /// <summary>Building the set in Alma.</summary>
    public const string BuildSet = "BuildSet";

    /// <summary>Setting purge date and purge group.</summary>
    public const string Mark = "Mark";

    /// <summary>The purge itself.</summary>
    public const string Purge = "Purge";

    /// <summary>Looking each patron up afterwards.</summary>
    public const string Verify = "Verify";

    /// <summary>Giving back group and purge date.</summary>
    public const string Undo = "Undo";

    /// <summary>The cmdlet that does a step.</summary>
    /// <param name="step">A step's name.</param>
    public static string CmdletOf(string step) => step switch
    {
        Import => "Import-AlmaPurgeCandidate",
        Subtract => "Remove-AlmaFinesHolder",
        Check => "Confirm-AlmaPurgeCandidate",
        Review => "Import-AlmaPurgeReview",
        Export => "Export-AlmaPurgeCandidate",
        BuildSet => "New-AlmaUserSet",
        Mark => "Set-AlmaPurgeDate",
        Purge => "Start-AlmaPurgeJob",
        Undo => "Undo-AlmaPurgeDate",
        Verify => "Confirm-AlmaPurge",
        _ => step,
    };

    private static readonly string[] s_order = [Import, Subtract, Check, Review, Export, BuildSet, Mark, Purge, Verify, Undo];

    /// <summary>
    /// Whether a step at its end has settled another one: itself, and if it changes or judges Alma also those before
    /// it, since it has looked at everybody for itself.
    /// </summary>
    /// <param name="ended">The step that came to its end.</param>
    /// <param name="open">A step that began.</param>
    internal static bool Settles(string ended, string open) =>
        ended == open
        || (ended is BuildSet or Mark or Purge or Verify or Undo && Array.IndexOf(s_order, open) < Array.IndexOf(s_order, ended));
}
