namespace AlmaPurge.Core.Alma;

/// <summary>
/// The whole list of parameters of M148 with neutral values, as two institutions post it (seen). Which of them are
/// mandatory is not known, so all are sent.
/// </summary>
internal static class UpdateUsersTemplate
{
    public const string Prefix = "UPDATE_User_Information_";

    public static IReadOnlyList<JobParameter> All { get; } =
    [
        new(JobParameters.Product, "alma"),
        new(JobParameters.SetId, string.Empty),
        new(JobParameters.JobName, string.Empty),
        new("SEND_Notification_To_User_Active", "false"),
        // Alma's own spelling.
        new("SEND_Notification_To_User_Value", "SOCIAL_LOGIN_INVITAION"),
        new(Prefix + "FieldType_Value", "BY_USER_ACCOUNT_TYPE"),
        .. Field("UserGroup", "Null", "Condition"),
        .. Field("Status", "INACTIVE", "Condition"),
        .. Field("Expiry_Date", "0", "Condition"),
        .. Field("Purge_Date", "0", "Condition"),
        .. Field("Campus", string.Empty, "Condition"),
        .. Field("Title", "Null", "Condition"),
        .. Field("JobDescription", string.Empty, "Condition"),
        .. Field("CatalogerLevel", "Null"),
        .. Field("SetAccountTo", "Null"),
        .. Field("DontGeneratePassword", "false"),
        .. Field("ExportToCloudIdP", "false"),
        .. Field("DisableSMS", "false"),
        .. Field("Opt_In_Patron_Letters", "Null"),
        .. Field("Opt_Out_Patron_Letters", "Null"),
        .. Field("RSL", string.Empty),
        .. Field("RemoveRSL", string.Empty),
        .. Field("AddRole", "56", "Scope", "Scope_Name"),
        .. Field("RemoveRole", "56", "Scope", "Scope_Name"),
        .. Field("AddBlock", "02-GLOBAL", "Scope", "Scope_Name"),
        .. Field("DisableBlock", "02-GLOBAL", "Scope", "Scope_Name"),
        .. Field("AddNote", string.Empty, "Scope", "Scope_Name"),
        .. Field("AddStatistics", "Null", "Scope", "Scope_Name"),
        .. Field("RemoveStatistics", "Null", "Scope"),
    ];

    private static IEnumerable<JobParameter> Field(string name, string value, params string[] others) =>
    [
        new(Prefix + name + "_Active", "false"),
        new(Prefix + name + "_Value", value),
        .. others.Select(other => new JobParameter(Prefix + name + "_" + other, "Null")),
    ];
}
