using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>
/// What Alma refuses in the body of a user, with the documented codes. Which code a PUT gives for a user group that is
/// not legal is not documented; here it is the one of a POST.
/// </summary>
internal static class UserBodyRules
{
    /// <summary>The one student system of the library, which external accounts must name.</summary>
    public const string ExternalSystem = "SIS";

    private const int ShortestPassword = 8;

    public static void Check(Library library, JObject body)
    {
        foreach (string name in (string[])["primary_id", "last_name", "record_type", "account_type", "status"])
        {
            if (string.IsNullOrEmpty(JsonBody.Text(body, name)))
            {
                throw new ApiErrorException("401664", $"Mandatory field is missing: {name}.");
            }
        }

        CheckAccount(JsonBody.Text(body, "account_type")!);
        CheckGroup(library, body);
        CheckCode("record type", JsonBody.Text(body, "record_type"), "PUBLIC", "STAFF", "CONTACT");
        CheckCode("status", JsonBody.Text(body, "status"), "ACTIVE", "INACTIVE");
        foreach (JObject identifier in JsonBody.Items(body["user_identifier"]))
        {
            CheckCode("identifier", JsonBody.Text(identifier, "id_type"), [.. IdentifierTypes.All.Select(t => t.Code)]);
        }

        if (JsonBody.Text(body, "password") is { Length: > 0 and < ShortestPassword })
        {
            throw new ApiErrorException(
                "500038",
                $"New password must be at least {ShortestPassword} characters long and must not include the user-name "
                + "or any commonly used password.");
        }
    }

    /// <summary>For a new user.</summary>
    public static void CheckNewExternalId(JObject body)
    {
        string? externalId = JsonBody.Text(body, "external_id");
        bool external = JsonBody.Text(body, "account_type") == "EXTERNAL";
        if (external && string.IsNullOrEmpty(externalId))
        {
            throw new ApiErrorException("401854", "External Id must be given for external user.");
        }

        if (!external && !string.IsNullOrEmpty(externalId))
        {
            throw new ApiErrorException("401853", "External Id must be empty for internal user.");
        }

        if (external && externalId != ExternalSystem)
        {
            throw Unfitting();
        }
    }

    /// <summary>For a user who is there.</summary>
    public static void CheckExternalId(JObject body)
    {
        if (JsonBody.Text(body, "account_type") == "EXTERNAL" && JsonBody.Text(body, "external_id") != ExternalSystem)
        {
            throw Unfitting();
        }
    }

    private static ApiErrorException Unfitting()
    {
        return new ApiErrorException(
            "401858",
            "The external id in DB does not fit the given value in xml - external id cannot be updated.");
    }

    private static void CheckAccount(string account)
    {
        if (account is "INTEXTAUTH")
        {
            throw new ApiErrorException(
                "401855", "The account type 'Internal with external authentication' is currently not supported.");
        }

        if (account is not ("INTERNAL" or "EXTERNAL"))
        {
            throw new ApiErrorException(
                "401857", "The given user account type is illegal (must be INTERNAL/EXTERNAL).");
        }
    }

    private static void CheckGroup(Library library, JObject body)
    {
        string? group = JsonBody.Text(body, "user_group");
        string? recordType = JsonBody.Text(body, "record_type");
        if (!string.IsNullOrEmpty(group) && library.Group(group)?.RecordTypes.Contains(recordType) != true)
        {
            throw new ApiErrorException(
                "401852", $"Given user group is not legal: {group} for record type {recordType}.");
        }
    }

    private static void CheckCode(string what, string? value, params string[] valid)
    {
        if (value is not null && !valid.Contains(value))
        {
            throw new ApiErrorException("401864", $"Given {what} type ({value}) is invalid.");
        }
    }
}
