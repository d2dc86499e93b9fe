using System.Globalization;
using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Jobs;

/// <summary>
/// M148 "Update/Notify Users". Only what has <c>_Active=true</c> acts. A date is read as epoch milliseconds whatever
/// was meant: seconds give a day in January 1970, and so does the neutral "0".
/// </summary>
internal sealed class UpdateUsersJob : IJob
{
    public string Id => "M148";

    public string Name => "Update/Notify Users";

    public string Type => "MANUAL";

    public string Category => "USERS";

    public string Content => "USER";

    public string DoneLabel => "Number of users updated";

    public IReadOnlyList<KeyValuePair<string, string>> Parameters => UpdateUsersParameters.All;

    public void Validate(Library library, IReadOnlyDictionary<string, string> parameters)
    {
        if (Active(parameters, "UserGroup") is string group && library.Group(group) is null)
        {
            throw ApiErrorException.InvalidParameter("UPDATE_User_Information_UserGroup_Value", group, "a user group");
        }

        if (Active(parameters, "Status") is not (null or "ACTIVE" or "INACTIVE"))
        {
            throw ApiErrorException.InvalidParameter(
                "UPDATE_User_Information_Status_Value", Active(parameters, "Status"), "ACTIVE, INACTIVE");
        }

        Date(library, parameters, "Expiry_Date");
        Date(library, parameters, "Purge_Date");
    }

    public string? Apply(Library library, SimulatedJobRun run, SimulatedUser user)
    {
        IReadOnlyDictionary<string, string> parameters = run.Parameters;
        SimulatedUserSpec state = user.State;
        if (Active(parameters, "UserGroup") is string group)
        {
            if (library.Group(group)?.RecordTypes.Contains(state.RecordType) != true)
            {
                return $"user group {group} is not valid for record type {state.RecordType}";
            }

            // Whether the job counts as a change by hand is not documented; taken so, a later PUT needs override.
            state = state with { UserGroup = group, UserGroupSetManually = true };
        }

        state = state with
        {
            Status = Active(parameters, "Status") ?? state.Status,
            ExpiryDate = Date(library, parameters, "Expiry_Date") ?? state.ExpiryDate,
            PurgeDate = Date(library, parameters, "Purge_Date") ?? state.PurgeDate,
        };
        library.Users.Change(user, WithSideEffects(parameters, state), run.EndTime ?? library.Now);
        if (parameters.GetValueOrDefault("SEND_Notification_To_User_Active") == "true")
        {
            run.Notified = [.. run.Notified, user.PrimaryId];
        }

        return null;
    }

    private static SimulatedUserSpec WithSideEffects(
        IReadOnlyDictionary<string, string> parameters, SimulatedUserSpec state)
    {
        if (Active(parameters, "SetAccountTo") is string account and not "Null")
        {
            state = state with { AccountType = account.ToUpperInvariant() };
        }

        if (Active(parameters, "AddRole") is string added)
        {
            state = state with { Roles = [.. state.Roles, new SimulatedRole(added, added, "ACTIVE")] };
        }

        if (Active(parameters, "RemoveRole") is string removed)
        {
            state = state with { Roles = [.. state.Roles.Where(r => r.Type != removed)] };
        }

        if (Active(parameters, "AddBlock") is string block)
        {
            state = state with { Blocks = [.. state.Blocks, new SimulatedBlock("GENERAL", block, "ACTIVE", null)] };
        }

        if (Active(parameters, "DisableBlock") is string disabled)
        {
            state = state with
            {
                Blocks = [.. state.Blocks.Select(b => b.Description == disabled ? b with { Status = "INACTIVE" } : b)],
            };
        }

        return state;
    }

    private static string? Active(IReadOnlyDictionary<string, string> parameters, string name)
    {
        string prefix = UpdateUsersParameters.Prefix + name;
        bool active = string.Equals(
            parameters.GetValueOrDefault(prefix + "_Active"), "true", StringComparison.OrdinalIgnoreCase);
        return active ? parameters.GetValueOrDefault(prefix + "_Value", "") : null;
    }

    private static DateOnly? Date(Library library, IReadOnlyDictionary<string, string> parameters, string name)
    {
        if (Active(parameters, name) is not string text)
        {
            return null;
        }

        bool fits = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            && number is > -62_000_000_000_000 and < 253_000_000_000_000;
        return fits
            ? library.DayOf(DateTimeOffset.FromUnixTimeMilliseconds(number))
            : throw ApiErrorException.InvalidParameter(
                UpdateUsersParameters.Prefix + name + "_Value", text, "a number of milliseconds");
    }
}
