namespace AlmaPurge.Simulator.Endpoints;

/// <summary>
/// The code table SetContentType, as far as we know it. Only sets of users can have members here; the others are made,
/// listed and stay empty.
/// </summary>
internal static class SetContents
{
    public const string Users = "USER";

    public static IReadOnlyList<(string Code, string Description)> All { get; } =
    [
        (Users, "User"), ("ITEM", "Physical items"), ("BIB_MMS", "All Titles"), ("VENDOR", "Vendor"),
        ("PO_LINE", "PO Line"),
    ];
}
