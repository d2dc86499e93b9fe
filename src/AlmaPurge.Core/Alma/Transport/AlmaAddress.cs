using System.Text;

namespace AlmaPurge.Core.Alma;

/// <summary>
/// Builds addresses by hand and makes sure that .NET's Uri has not changed them: an id is one path segment, and must
/// arrive as it was written.
/// </summary>
internal sealed class AlmaAddress
{
    private const string Root = "/almaws/v1";

    private readonly string _prefix;

    /// <exception cref="AlmaPurgeException">Not an address that a key may be sent to.</exception>
    public AlmaAddress(Uri baseAddress)
    {
        ArgumentNullException.ThrowIfNull(baseAddress);
        string? fault = Fault(baseAddress);
        if (fault is not null)
        {
            throw new AlmaPurgeException(
                "InvalidBaseUri",
                AlmaPurgeErrorKind.InvalidArgument,
                $"{baseAddress.OriginalString} cannot be used as the address of Alma: {fault}",
                "Give a region, or the address of your API gateway such as https://api-na.hosted.exlibrisgroup.com.",
                baseAddress);
        }

        string path = baseAddress.AbsolutePath.TrimEnd('/');
        if (path.EndsWith(Root, StringComparison.OrdinalIgnoreCase))
        {
            path = path[..^Root.Length];
        }

        Base = new Uri(baseAddress.GetLeftPart(UriPartial.Authority) + path);
        _prefix = Base.GetLeftPart(UriPartial.Authority) + path;
    }

    /// <summary>Scheme, host and whatever comes before Alma's own paths.</summary>
    public Uri Base { get; }

    /// <summary>Path below <c>/almaws/v1</c>, each segment escaped.</summary>
    /// <exception cref="AlmaApiException">A segment that cannot be in an address.</exception>
    public static string Path(params string[] segments)
    {
        StringBuilder path = new(Root);
        foreach (string segment in segments)
        {
            Refuse(segment);
            path.Append('/').Append(Uri.EscapeDataString(segment));
        }

        return path.ToString();
    }

    /// <summary>The whole address, or an error if it would not arrive as it was built.</summary>
    public Uri Resolve(string path, string query)
    {
        string text = _prefix + path + query;
        Uri uri = new(text, UriKind.Absolute);
        return string.Equals(uri.AbsoluteUri, text, StringComparison.Ordinal)
            ? uri
            : throw NotSent($"The address {path} would be sent as {uri.AbsolutePath}.");
    }

    private static void Refuse(string segment)
    {
        string? fault = segment switch
        {
            _ when string.IsNullOrWhiteSpace(segment) => "is blank, and the request would reach the whole list",
            "." or ".." => "means a folder in an address and would be taken out of it",
            _ when segment.Any(char.IsControl) => "holds control characters",
            _ when HasLoneSurrogate(segment) => "holds half a character, which cannot be sent",
            _ => null,
        };
        if (fault is not null)
        {
            throw NotSent($"The identifier '{segment}' {fault}.");
        }
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static AlmaApiException NotSent(string what) => new(
        AlmaErrorKind.NotSent,
        what + " Nothing was sent. Look this record up in Alma itself and handle it by hand.");

    private static string? Fault(Uri address) => address switch
    {
        { IsAbsoluteUri: false } => "it is not a whole address.",
        { UserInfo.Length: > 0 } => "it holds a user name.",
        { Query.Length: > 0 } or { Fragment.Length: > 0 } => "it holds a query or a fragment.",
        { Scheme: "https" } => null,
        { Scheme: "http" } when IsThisMachine(address) => null,
        _ => "the key may only travel over https.",
    };

    private static bool IsThisMachine(Uri address) =>
        address.IsLoopback || address.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
