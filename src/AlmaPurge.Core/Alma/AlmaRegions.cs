using System.Collections.Frozen;

namespace AlmaPurge.Core.Alma;

/// <summary>The regions that Ex Libris hosts Alma in (documented: the servers of its OpenAPI files).</summary>
public static class AlmaRegions
{
    /// <summary>Base addresses by region name, any case.</summary>
    public static IReadOnlyDictionary<string, Uri> All { get; } = new Dictionary<string, Uri>
    {
        ["NorthAmerica"] = new("https://api-na.hosted.exlibrisgroup.com"),
        ["Europe"] = new("https://api-eu.hosted.exlibrisgroup.com"),
        ["AsiaPacific"] = new("https://api-ap.hosted.exlibrisgroup.com"),
        ["Australia"] = new("https://api-aps.hosted.exlibrisgroup.com"),
        ["Canada"] = new("https://api-ca.hosted.exlibrisgroup.com"),
        ["China"] = new("https://api-cn.hosted.exlibrisgroup.com.cn"),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The region that an address belongs to; null for a host of somebody else.</summary>
    public static string? NameOf(Uri address) => All
        .Where(region => string.Equals(region.Value.Host, address.Host, StringComparison.OrdinalIgnoreCase))
        .Select(region => region.Key)
        .FirstOrDefault();
}
