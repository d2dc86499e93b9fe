using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Steps;

/// <summary>Whether a user group may be given to Public records, by Alma's mapping table.</summary>
internal static class RecordTypeTable
{
    /// <summary>The mapping table (documented); what its columns are called is not.</summary>
    public const string Name = "UserRecordTypeUserGroup";

    private const string PublicRecordType = "PUBLIC";

    /// <summary>What the table says of the group.</summary>
    /// <returns>True or false; null where the table cannot be read with this key or has no row about the group.</returns>
    public static async Task<bool?> AllowsPublicAsync(
        IAlmaReader reader,
        string groupCode,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<AlmaMappingTableRow> rows;
        try
        {
            rows = await reader.GetMappingTableAsync(Name, cancellationToken).ConfigureAwait(false);
        }
        catch (AlmaApiException e) when (e.Kind is AlmaErrorKind.Refused or AlmaErrorKind.Forbidden or AlmaErrorKind.NotFound)
        {
            return null;
        }

        List<AlmaMappingTableRow> about = [.. rows.Where(r => r.IsEnabled && Has(r, groupCode))];
        return about.Count == 0 ? null : about.Any(r => Has(r, PublicRecordType));
    }

    private static bool Has(AlmaMappingTableRow row, string value) =>
        row.Columns.Values.Any(v => v.Trim().Equals(value, StringComparison.OrdinalIgnoreCase));
}
