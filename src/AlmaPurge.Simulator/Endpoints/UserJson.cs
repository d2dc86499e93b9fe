using System.Globalization;
using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>Writes a user as Alma's JSON, straight to text: purges ask for it by the thousand.</summary>
internal sealed class UserJson
{
    private readonly Library _library;

    public UserJson(Library library)
    {
        _library = library;
    }

    public string Write(SimulatedUser user, string? expand, bool brief)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture);
        using (JsonTextWriter json = new(text))
        {
            WriteTo(json, user, expand, brief);
        }

        return text.ToString();
    }

    public void WriteTo(JsonTextWriter json, SimulatedUser user, string? expand, bool brief)
    {
        SimulatedUserSpec state = user.State;
        json.WriteStartObject();
        WriteCore(json, state);
        WriteDates(json, user);
        WriteCounts(json, user, expand);
        WriteRare(json, user);
        if (brief)
        {
            UserContact.WriteBrief(json, user);
            UserSegments.WriteIdentifiers(json, state);
            UserSegments.WriteCarried(json, state, "user_statistic");
        }
        else
        {
            Carried(json, state, "contact_info", () => UserContact.Write(json, user));
            UserSegments.WriteIdentifiers(json, state);
            UserSegments.Write(json, _library.Options, user);
        }

        json.WriteEndObject();
    }

    internal static void Coded(JsonTextWriter json, string name, string value, string description)
    {
        json.WritePropertyName(name);
        json.WriteStartObject();
        Field(json, "value", value);
        Field(json, "desc", description);
        json.WriteEndObject();
    }

    internal static void Field(JsonTextWriter json, string name, string? value)
    {
        json.WritePropertyName(name);
        json.WriteValue(value);
    }

    internal static void Carried(JsonTextWriter json, SimulatedUserSpec state, string name, Action orElse)
    {
        json.WritePropertyName(name);
        if (state.Carried is null)
        {
            orElse();
        }
        else
        {
            (state.Carried[name] ?? new JArray()).WriteTo(json);
        }
    }

    private void WriteCore(JsonTextWriter json, SimulatedUserSpec state)
    {
        Coded(json, "record_type", state.RecordType, Labels.Of(state.RecordType));
        Field(json, "primary_id", state.PrimaryId);
        Field(json, "first_name", state.FirstName);
        Field(json, "middle_name", state.MiddleName);
        Field(json, "last_name", state.LastName);
        Field(json, "full_name", state.FirstName + " " + state.LastName);
        UserFields.Write(json, state, "user_title");
        UserFields.Write(json, state, "job_category");
        UserFields.Write(json, state, "job_description");
        UserFields.Write(json, state, "gender");
        Coded(json, "user_group", state.UserGroup, _library.Group(state.UserGroup)?.Description ?? "");
        UserFields.Write(json, state, "campus_code");
        UserFields.Write(json, state, "web_site_url");
        UserFields.Write(json, state, "cataloger_level");
        UserFields.Write(json, state, "preferred_language");
    }

    private static void WriteDates(JsonTextWriter json, SimulatedUser user)
    {
        SimulatedUserSpec state = user.State;
        Day(json, "birth_date", state.BirthDate);
        Day(json, "expiry_date", state.ExpiryDate);
        Day(json, "purge_date", state.PurgeDate);
        Coded(json, "account_type", state.AccountType, Labels.Of(state.AccountType));
        Field(json, "external_id", state.AccountType == "EXTERNAL" ? state.ExternalId : "");
        Field(json, "password", "");
        Field(json, "force_password_change", "");
        Coded(json, "status", state.Status, Labels.Of(state.Status));
        DateTimeOffset created = state.CreatedDate ?? user.Modified;
        Field(json, "status_date", JsonBody.Day(DateOnly.FromDateTime(created.UtcDateTime)));

        // Assumed to be there: the shared description of the API shows no moment of creation.
        Field(json, "created_date", JsonBody.Instant(created));
        Field(json, "last_modified_date", JsonBody.Instant(user.Modified));
    }

    private void WriteCounts(JsonTextWriter json, SimulatedUser user, string? expand)
    {
        Count(json, user, expand, "requests", user.OpenRequests);
        Count(json, user, expand, "loans", user.OpenLoans);
        decimal balance = user.Fees.Where(f => f.Status == "ACTIVE").Sum(f => f.Balance);
        Count(json, user, expand, "fees", balance);
    }

    private void Count(JsonTextWriter json, SimulatedUser user, string? expand, string name, decimal value)
    {
        json.WritePropertyName(name);
        if (expand?.Contains(name, StringComparison.Ordinal) != true)
        {
            json.WriteNull();
            return;
        }

        json.WriteStartObject();
        json.WritePropertyName("value");
        if (user.Number % 3 == 0)
        {
            // Seen both ways in life, so a client must read both.
            json.WriteValue(value.ToString(CultureInfo.InvariantCulture));
        }
        else if (value == decimal.Truncate(value))
        {
            json.WriteValue((long)value);
        }
        else
        {
            json.WriteValue(value);
        }

        Field(json, "link", _library.Link($"users/{Uri.EscapeDataString(user.PrimaryId)}/{name}"));
        json.WriteEndObject();
    }

    private static void WriteRare(JsonTextWriter json, SimulatedUser user)
    {
        SimulatedUserSpec state = user.State;
        UserFields.Write(json, state, "pref_first_name");
        UserFields.Write(json, state, "pref_middle_name");
        UserFields.Write(json, state, "pref_last_name");
        UserFields.Write(json, state, "pref_name_suffix");
        if (state.IsResearcher is bool researcher)
        {
            json.WritePropertyName("is_researcher");
            json.WriteValue(researcher);
        }

        Day(json, "last_patron_activity_date", state.LastPatronActivityDate);
        Optional(json, "source_link_id", state.SourceLinkId, user.Number % 5 == 0);
        Optional(json, "source_institution_code", state.SourceInstitutionCode, user.Number % 5 == 0);
        Optional(json, "linking_id", state.LinkingId, false);
    }

    /// <summary>A field without a value is mostly left out, and on some records null.</summary>
    private static void Optional(JsonTextWriter json, string name, string? value, bool showNull)
    {
        if (value is not null || showNull)
        {
            Field(json, name, value);
        }
    }

    private static void Day(JsonTextWriter json, string name, DateOnly? date)
    {
        if (date is DateOnly day)
        {
            Field(json, name, JsonBody.Day(day));
        }
    }
}
