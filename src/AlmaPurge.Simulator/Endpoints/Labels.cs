namespace AlmaPurge.Simulator.Endpoints;

/// <summary>The words that people read for Alma's codes.</summary>
internal static class Labels
{
    private static readonly Dictionary<string, string> s_labels = new(StringComparer.Ordinal)
    {
        ["PUBLIC"] = "Public", ["STAFF"] = "Staff", ["CONTACT"] = "Contact", ["INTERNAL"] = "Internal",
        ["EXTERNAL"] = "External", ["ACTIVE"] = "Active", ["INACTIVE"] = "Inactive", ["DELETED"] = "Deleted",
        ["BARCODE"] = "Barcode", ["UNIV_ID"] = "University ID", ["INDISPUTE"] = "In dispute",
        ["EXPORTED"] = "Exported", ["CLOSED"] = "Closed", ["OVERDUEFINE"] = "Overdue fine", ["CREDIT"] = "Credit",
        ["LOSTITEMREPLACEMENTFEE"] = "Lost item replacement fee", ["GENERAL"] = "General", ["USER"] = "User",
        ["ITEMIZED"] = "Itemized", ["LOGICAL"] = "Logical",
        ["02-GLOBAL"] = "Global block", ["BARRED"] = "Barred", ["QUEUED"] = "Queued", ["RUNNING"] = "Running",
        ["COMPLETED_SUCCESS"] = "Completed Successfully", ["COMPLETED_WARNING"] = "Completed with Warnings",
        ["COMPLETED_FAILED"] = "Completed with Errors", ["COMPLETED_NO_BULKS"] = "Completed - Nothing to Process",
        ["FAILED"] = "Failed", ["MANUAL"] = "Manual", ["SCHEDULED"] = "Scheduled", ["OTHER"] = "Other",
    };

    public static string Of(string code)
    {
        return s_labels.GetValueOrDefault(code, code);
    }

    /// <summary>The code that a label from a report stands for, in any case of letters.</summary>
    public static string CodeOf(string label)
    {
        foreach ((string code, string text) in s_labels)
        {
            if (string.Equals(text, label, StringComparison.OrdinalIgnoreCase)
                || string.Equals(code, label, StringComparison.OrdinalIgnoreCase))
            {
                return code;
            }
        }

        return label;
    }
}
