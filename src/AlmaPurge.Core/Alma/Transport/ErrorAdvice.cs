using System.Globalization;

namespace AlmaPurge.Core.Alma;

/// <summary>The sentences for people: what an error means and what to do next.</summary>
internal static class ErrorAdvice
{
    /// <summary>What to do next.</summary>
    public static string For(AlmaErrorKind kind, string path, Uri address) => kind switch
    {
        AlmaErrorKind.Unauthorized =>
            $"The key is not known there or lacks the area {Area(path)}. Check at developers.exlibrisgroup.com under "
            + $"Manage API Keys that the key has {Area(path)} (read/write to purge), and that {Place(address)}.",
        AlmaErrorKind.Forbidden =>
            $"The key may not do this. Check its permissions for {Area(path)} and whether it is restricted to a library.",
        AlmaErrorKind.NotFound => "Check the identifier, and that the key belongs to the institution that you mean.",
        AlmaErrorKind.Refused => "Alma understood the request and refused it; correct what it names.",
        AlmaErrorKind.DailyLimit =>
            "The count starts anew at midnight GMT; what is done is kept and the run can be resumed then.",
        AlmaErrorKind.RateLimit =>
            "The institution's 25 requests a second are shared by all its keys: connect with a lower "
            + "-RequestsPerSecond or try again later.",
        AlmaErrorKind.Server => "Alma or its gateway is in trouble; try again later, and see status.exlibrisgroup.com.",
        AlmaErrorKind.Connection =>
            $"Check the network and any proxy, and that {Place(address)}.",
        AlmaErrorKind.Timeout => "Try again later, or with fewer requests at a time.",
        AlmaErrorKind.Unreadable =>
            "Something between here and Alma may have answered (a proxy, a sign-in page, a maintenance page); "
            + "try again later.",
        _ => $"Redirects are not followed, so that the key goes nowhere else; check that {address.Host} is right.",
    };

    /// <summary>What can be said of an error answer that has no error list.</summary>
    public static string WithoutErrorList(HttpResponseMessage response, string body)
    {
        string status = string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)response.StatusCode}");
        if (response.Headers.Location is { } target && (int)response.StatusCode is >= 300 and < 400)
        {
            string host = target.IsAbsoluteUri ? target.Host : "the same host";
            return $"{status}, a redirect to {host}";
        }

        string form = ErrorBody.FirstCharacter(body) switch
        {
            '\0' => "without a body",
            '<' => "with a page instead of Alma's error list",
            _ => "with a body that is not Alma's error list",
        };
        return $"{status} {form}";
    }

    private static string Area(string path) => path switch
    {
        _ when path.Contains("/users", StringComparison.Ordinal) => "Users",
        _ when path.Contains("/analytics", StringComparison.Ordinal) => "Analytics",
        _ => "Configuration",
    };

    private static string Place(Uri address) => AlmaRegions.NameOf(address) is { } region
        ? $"{region} ({address.Host}) is the institution's region"
        : $"{address.Host} is the address of the institution's API gateway";
}
