using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>
/// What a PUT makes of a user: everything is swapped for the body. Roles left out are kept, every other list left out
/// or empty is deleted, and a field that was changed by hand on an external account stays unless it is overridden.
/// </summary>
internal static class UserBody
{
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
            OtherFields = UserFields.Replace(old, body, external, overridden),
            ManualFields = [.. old.ManualFields.Where(f => external && !overridden.Contains(f))],
            Carried = Carried(old, body, external, overridden),
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

    private static JObject Carried(SimulatedUserSpec old, JObject body, bool external, HashSet<string> overridden)
    {
        JObject carried = [];
        foreach (string name in (string[])
            ["contact_info", "user_note", "user_statistic", "rs_library", "library_notice"])
        {
            // The two lists that are protected like fields, under the names that override gives them.
            string protectedAs = name switch
            {
                "rs_library" => "rs_libraries",
                "library_notice" => "library_notices",
                _ => "",
            };
            bool stays = external && old.ManualFields.Contains(protectedAs) && !overridden.Contains(protectedAs);
            JToken? segment = stays ? old.Carried?[name] : body[name];
            if (segment is { Type: not JTokenType.Null })
            {
                carried[name] = segment.DeepClone();
            }
        }

        return carried;
    }
}
