using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>
/// What a PUT makes of a user: everything is swapped for the body. Roles left out are kept, every other list left out
/// or empty is deleted, and a group that was changed by hand on an external account stays unless it is overridden.
/// </summary>
internal static class UserBody
{
    public static void Require(Library library, JObject body)
    {
        foreach (string name in (string[])["primary_id", "last_name", "record_type", "account_type", "status"])
        {
            if (string.IsNullOrEmpty(JsonBody.Text(body, name)))
            {
                throw new ApiErrorException("401664", $"Mandatory field is missing: {name}.");
            }
        }

        string? group = JsonBody.Text(body, "user_group");
        string? recordType = JsonBody.Text(body, "record_type");
        if (!string.IsNullOrEmpty(group) && library.Group(group)?.RecordTypes.Contains(recordType) != true)
        {
            throw new ApiErrorException("401852", $"User group {group} is not valid for record type {recordType}.");
        }

        if (JsonBody.Text(body, "account_type") == "EXTERNAL" && JsonBody.Text(body, "external_id") != "SIS")
        {
            throw new ApiErrorException("401858", "The external id in the user's details does not exist.");
        }
    }

    public static SimulatedUserSpec Replace(SimulatedUserSpec old, JObject body, HashSet<string> overridden)
    {
        string account = JsonBody.Text(body, "account_type")!;
        if (old.AccountType == "EXTERNAL" && account == "INTERNAL")
        {
            throw new ApiErrorException("401860", "Failed to update user: an external account cannot become internal.");
        }

        bool external = account == "EXTERNAL";
        string? group = JsonBody.Text(body, "user_group");
        bool keepsGroup = string.IsNullOrEmpty(group)
            || (external && old.UserGroupSetManually && !overridden.Contains("user_group"));
        return old with
        {
            PrimaryId = JsonBody.Text(body, "primary_id")!,
            FirstName = JsonBody.Text(body, "first_name") ?? "",
            MiddleName = JsonBody.Text(body, "middle_name") ?? "",
            LastName = JsonBody.Text(body, "last_name")!,
            BirthDate = JsonBody.Date(body, "birth_date"),
            UserGroup = keepsGroup ? old.UserGroup : group!,
            UserGroupSetManually = keepsGroup && old.UserGroupSetManually,
            RecordType = JsonBody.Text(body, "record_type")!,
            AccountType = account,
            Status = JsonBody.Text(body, "status")!,
            ExpiryDate = JsonBody.Date(body, "expiry_date"),
            PurgeDate = JsonBody.Date(body, "purge_date"),
            ExternalId = JsonBody.Text(body, "external_id"),
            Identifiers = Identifiers(old, body, external),
            Blocks = [.. JsonBody.Items(body["user_block"]).Select(Block)],
            ProxyFor = [.. JsonBody.Items(body["proxy_for_user"]).Select(p => JsonBody.Text(p, "primary_id") ?? "")],
            Roles = body["user_role"] is null ? old.Roles : [.. JsonBody.Items(body["user_role"]).Select(Role)],
            Carried = Carried(body),
        };
    }

    /// <summary>Incoming ones replace those of the same segment; an empty list deletes all.</summary>
    private static SimulatedIdentifier[] Identifiers(SimulatedUserSpec old, JObject body, bool external)
    {
        string unlabelled = external ? "External" : "Internal";
        IEnumerable<JObject> given = JsonBody.Items(body["user_identifier"]);
        SimulatedIdentifier[] incoming = [.. given.Select(i => new SimulatedIdentifier(
            JsonBody.Text(i, "id_type") ?? "BARCODE",
            JsonBody.Text(i, "value") ?? "",
            JsonBody.Text(i, "status") ?? "ACTIVE",
            JsonBody.Text(i, "segment_type") ?? unlabelled))];
        if (incoming.Length == 0)
        {
            return [];
        }

        HashSet<string> segments = [.. incoming.Select(i => i.Segment)];
        return [.. incoming, .. old.Identifiers.Where(i => !segments.Contains(i.Segment))];
    }

    private static SimulatedBlock Block(JObject block)
    {
        return new SimulatedBlock(
            JsonBody.Text(block, "block_type") ?? "GENERAL",
            JsonBody.Text(block, "block_description") ?? "",
            JsonBody.Text(block, "block_status") ?? "ACTIVE",
            JsonBody.Date(block, "expiry_date"));
    }

    private static SimulatedRole Role(JObject role)
    {
        string type = JsonBody.Text(role, "role_type") ?? "200";
        string description = (role["role_type"] as JObject)?["desc"]?.ToString() ?? type;
        return new SimulatedRole(type, description, JsonBody.Text(role, "status") ?? "ACTIVE");
    }

    private static JObject Carried(JObject body)
    {
        JObject carried = [];
        foreach (string name in (string[])
            ["contact_info", "user_note", "user_statistic", "rs_library", "library_notice"])
        {
            if (body[name] is JToken { Type: not JTokenType.Null } segment)
            {
                carried[name] = segment.DeepClone();
            }
        }

        return carried;
    }
}
