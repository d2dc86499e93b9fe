using AlmaPurge.Simulator.Http;
using Newtonsoft.Json;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>The lists of a full user: roles, blocks, proxies and those the simulator only carries.</summary>
internal static class UserSegments
{
    private static readonly string[] s_carried = ["user_note", "user_statistic", "rs_library", "library_notice"];

    public static void Write(JsonTextWriter json, SimulatorOptions options, SimulatedUser user)
    {
        WriteRoles(json, options, user.State);
        WriteBlocks(json, user);
        WriteProxies(json, user.State);
        foreach (string name in s_carried)
        {
            WriteCarried(json, user.State, name);
        }
    }

    public static void WriteCarried(JsonTextWriter json, SimulatedUserSpec state, string name)
    {
        UserJson.Carried(json, state, name, () =>
        {
            json.WriteStartArray();
            json.WriteEndArray();
        });
    }

    public static void WriteIdentifiers(JsonTextWriter json, SimulatedUserSpec state)
    {
        json.WritePropertyName("user_identifier");
        json.WriteStartArray();
        foreach (SimulatedIdentifier identifier in state.Identifiers)
        {
            json.WriteStartObject();
            UserJson.Field(json, "segment_type", identifier.Segment);
            UserJson.Coded(json, "id_type", identifier.Type, Labels.Of(identifier.Type));
            UserJson.Field(json, "value", identifier.Value);
            UserJson.Field(json, "note", null);
            UserJson.Field(json, "status", identifier.Status);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRoles(JsonTextWriter json, SimulatorOptions options, SimulatedUserSpec state)
    {
        json.WritePropertyName("user_role");
        json.WriteStartArray();
        foreach (SimulatedRole role in state.Roles)
        {
            json.WriteStartObject();
            UserJson.Coded(json, "status", role.Status, Labels.Of(role.Status));
            UserJson.Coded(json, "scope", options.InstitutionCode, options.InstitutionName);
            UserJson.Coded(json, "role_type", role.Type, role.Description);
            json.WritePropertyName("parameter");
            json.WriteStartArray();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteBlocks(JsonTextWriter json, SimulatedUser user)
    {
        json.WritePropertyName("user_block");
        json.WriteStartArray();
        foreach (SimulatedBlock block in user.State.Blocks)
        {
            json.WriteStartObject();
            UserJson.Coded(json, "block_type", block.Type, Labels.Of(block.Type));
            UserJson.Coded(json, "block_description", block.Description, Labels.Of(block.Description));
            UserJson.Field(json, "block_status", block.Status);
            UserJson.Field(json, "block_note", "");
            UserJson.Field(json, "created_by", "staff");
            UserJson.Field(json, "created_date", JsonBody.Instant(user.State.CreatedDate ?? user.Modified));
            if (block.ExpiryDate is DateOnly expiry)
            {
                UserJson.Field(json, "expiry_date", JsonBody.Day(expiry));
            }

            UserJson.Field(json, "segment_type", "Internal");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteProxies(JsonTextWriter json, SimulatedUserSpec state)
    {
        json.WritePropertyName("proxy_for_user");
        json.WriteStartArray();
        foreach (string primaryId in state.ProxyFor)
        {
            json.WriteStartObject();
            UserJson.Field(json, "primary_id", primaryId);
            UserJson.Field(json, "full_name", "Somebody Else");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
