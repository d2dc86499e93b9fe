namespace AlmaPurge.Simulator.Endpoints;

/// <summary>The code table UserIdentifierTypes.</summary>
internal static class IdentifierTypes
{
    public static IReadOnlyList<(string Code, string Description)> All { get; } =
    [
        ("BARCODE", "Barcode"), ("UNIV_ID", "University ID"), ("INST_ID", "Institution ID"), ("OTHER_ID", "Other ID"),
    ];

    public static bool Has(string? type)
    {
        return All.Any(t => t.Code == type);
    }
}
