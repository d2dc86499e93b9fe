using System.Globalization;

namespace AlmaPurge.Simulator.Host.Pages;

/// <summary>The dialog "Purge User Records" as it was filled in, and what is wrong with it.</summary>
public sealed class PurgeInput
{
    private readonly AlmaSimulator _simulator;
    private readonly Dictionary<string, string> _errors = new(StringComparer.Ordinal);

    internal PurgeInput(AlmaSimulator simulator, Func<string, string?> value)
    {
        _simulator = simulator;
        Days = value("days") ?? "0";
        RecordType = value("recordType") ?? "";
        UserGroup = value("userGroup") ?? "";
        WaiveThreshold = value("waiveThreshold") ?? "0";
    }

    /// <summary>Number of days after purge date, as typed.</summary>
    public string Days { get; }

    /// <summary>Code of the record type; empty before one is chosen.</summary>
    public string RecordType { get; }

    /// <summary>Code of the user group; empty for every group.</summary>
    public string UserGroup { get; }

    /// <summary>Waive threshold, as typed.</summary>
    public string WaiveThreshold { get; }

    /// <summary>What is wrong, by the name of the field.</summary>
    public IReadOnlyDictionary<string, string> Errors => _errors;

    /// <summary>What was asked for, or null where something is wrong with it.</summary>
    internal PurgeForm? Read()
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        string daysText = Days.Trim();
        int days = 0;
        if (daysText.Length > 0 && (!int.TryParse(daysText, NumberStyles.None, invariant, out days) || days > 36_500))
        {
            _errors["days"] = "Give a whole number of days, 0 to 36500.";
        }

        string waiveText = WaiveThreshold.Trim();
        decimal waive = 0;
        if (waiveText.Length > 0 && !decimal.TryParse(waiveText, NumberStyles.AllowDecimalPoint, invariant, out waive))
        {
            _errors["waiveThreshold"] = "Give an amount such as 1 or 0.50.";
        }

        if (!Show.RecordTypes.Contains(RecordType))
        {
            _errors["recordType"] = "Choose a user record type.";
        }

        if (UserGroup.Length > 0 && _simulator.UserGroups.All(g => g.Code != UserGroup))
        {
            _errors["userGroup"] = "Choose a user group of the list, or none.";
        }

        return _errors.Count > 0 ? null : new PurgeForm
        {
            Days = days,
            RecordType = RecordType,
            UserGroup = UserGroup.Length > 0 ? UserGroup : null,
            WaiveThreshold = waive,
        };
    }
}
