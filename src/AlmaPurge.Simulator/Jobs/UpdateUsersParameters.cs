namespace AlmaPurge.Simulator.Jobs;

/// <summary>The full parameter list of M148 with the neutral values that the wizard leaves.</summary>
internal static class UpdateUsersParameters
{
    public const string Prefix = "UPDATE_User_Information_";

    public static IReadOnlyList<KeyValuePair<string, string>> All { get; } = Build();

    private static List<KeyValuePair<string, string>> Build()
    {
        List<KeyValuePair<string, string>> list =
        [
            new("PRODUCT", "alma"), new("set_id", ""), new("job_name", ""),
            new("SEND_Notification_To_User_Active", "false"),
            new("SEND_Notification_To_User_Value", "SOCIAL_LOGIN_INVITAION"),
            new(Prefix + "FieldType_Value", "BY_USER_ACCOUNT_TYPE"),
        ];
        Add(list, "UserGroup", "STAFF", "Condition");
        Add(list, "Status", "INACTIVE", "Condition");
        Add(list, "Expiry_Date", "0", "Condition");
        Add(list, "Purge_Date", "0", "Condition");
        Add(list, "Campus", "", "Condition");
        Add(list, "Title", "Null", "Condition");
        Add(list, "JobDescription", "", "Condition");
        Add(list, "CatalogerLevel", "Null");
        Add(list, "SetAccountTo", "Null");
        Add(list, "DontGeneratePassword", "false");
        Add(list, "ExportToCloudIdP", "false");
        Add(list, "DisableSMS", "false");
        Add(list, "Opt_In_Patron_Letters", "Null");
        Add(list, "Opt_Out_Patron_Letters", "Null");
        Add(list, "RSL", "");
        Add(list, "RemoveRSL", "");
        Add(list, "AddRole", "56", "Scope", "Scope_Name");
        Add(list, "RemoveRole", "56", "Scope", "Scope_Name");
        Add(list, "AddBlock", "02-GLOBAL", "Scope", "Scope_Name");
        Add(list, "DisableBlock", "02-GLOBAL", "Scope", "Scope_Name");
        Add(list, "AddNote", "", "Scope", "Scope_Name");
        Add(list, "AddStatistics", "Null", "Scope", "Scope_Name");
        Add(list, "RemoveStatistics", "Null", "Scope");
        return list;
    }

    private static void Add(
        List<KeyValuePair<string, string>> list, string name, string value, params string[] others)
    {
        list.Add(new(Prefix + name + "_Active", "false"));
        list.Add(new(Prefix + name + "_Value", value));
        foreach (string other in others)
        {
            list.Add(new(Prefix + name + "_" + other, "Null"));
        }
    }
}
