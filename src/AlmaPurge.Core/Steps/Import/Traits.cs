using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>
/// A combination of the values that many patrons share: group, types, status, roles, link, block. A column that the
/// file does not have is null, a blank is the empty text.
/// </summary>
internal sealed class Traits
{
    private static readonly string[] s_noInstitution = ["none", "n/a", "-", "unknown", "not applicable"];

    private readonly string?[] _values;

    public Traits(string?[] values)
    {
        _values = values;
        UserGroup = Text(KnownColumn.UserGroupCode);
        UserGroupName = Text(KnownColumn.UserGroup);
        RecordType = Code<PatronRecordType>(KnownColumn.RecordType);
        AccountType = Code<PatronAccountType>(KnownColumn.AccountType);
        Status = Code<PatronStatus>(KnownColumn.Status);
        IsBlocked = YesNo(KnownColumn.IsBlocked);
        HasOtherRole = OtherRole();
        LinkedFrom = Linked();
    }

    /// <summary>The columns that make up traits.</summary>
    public static IReadOnlyList<KnownColumn> Columns { get; } =
    [
        KnownColumn.UserGroup, KnownColumn.UserGroupCode, KnownColumn.RecordType, KnownColumn.AccountType,
        KnownColumn.Status, KnownColumn.HasOtherRole, KnownColumn.HasOtherRoleThanInstructor,
        KnownColumn.LinkedFromOther, KnownColumn.LinkedFromCode, KnownColumn.LinkedFromName, KnownColumn.IsBlocked,
    ];

    /// <summary>All values, in the order of <see cref="Columns"/>.</summary>
    public string?[] Values => _values;

    public Fact<string> UserGroup { get; }

    public Fact<string> UserGroupName { get; }

    public Fact<PatronRecordType> RecordType { get; }

    public Fact<PatronAccountType> AccountType { get; }

    public Fact<PatronStatus> Status { get; }

    public Fact<bool> IsBlocked { get; }

    public Fact<bool> HasOtherRole { get; }

    public Fact<string> LinkedFrom { get; }

    /// <summary>The value of one of <see cref="Columns"/>; null if the file does not have it.</summary>
    public string? ValueOf(KnownColumn column)
    {
        for (int i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == column)
            {
                return _values[i];
            }
        }

        return null;
    }

    /// <summary>The columns in which two rows say different things. What only one of them has is no difference.</summary>
    public KnownColumn? FirstDifference(Traits other)
    {
        for (int i = 0; i < Columns.Count; i++)
        {
            if (_values[i] is { } mine && other._values[i] is { } theirs
                && !mine.Equals(theirs, StringComparison.OrdinalIgnoreCase))
            {
                return Columns[i];
            }
        }

        return null;
    }

    /// <summary>What two rows of one patron say together.</summary>
    public string?[] Union(Traits other) => [.. _values.Select((v, i) => v ?? other._values[i])];

    /// <summary>Fills in the facts.</summary>
    public void CopyTo(PatronFacts facts)
    {
        facts.UserGroup = UserGroup;
        facts.UserGroupName = UserGroupName;
        facts.RecordType = RecordType;
        facts.AccountType = AccountType;
        facts.Status = Status;
        facts.IsBlocked = IsBlocked;
        facts.HasOtherRole = HasOtherRole;
        facts.LinkedFrom = LinkedFrom;
    }

    private Fact<string> Text(KnownColumn column) => ValueOf(column) switch
    {
        null => default,
        "" => Fact<string>.Absent,
        string text => Fact<string>.Known(text),
    };

    private Fact<T> Code<T>(KnownColumn column)
        where T : struct, Enum => ValueOf(column) switch
    {
        null => default,
        "" => Fact<T>.Absent,
        string text when !char.IsAsciiDigit(text[0]) && Enum.TryParse(text, ignoreCase: true, out T value)
            => Fact<T>.Known(value),
        string text => Fact<T>.Unreadable(text),
    };

    private Fact<bool> YesNo(KnownColumn column) => ValueOf(column)?.ToUpperInvariant() switch
    {
        null => default,
        "" => Fact<bool>.Absent,
        "Y" or "YES" or "TRUE" or "1" => Fact<bool>.Known(true),
        "N" or "NO" or "FALSE" or "0" => Fact<bool>.Known(false),
        _ => Fact<bool>.Unreadable(ValueOf(column)!),
    };

    // "No role other than Patron and Instructor" leaves open whether he is an instructor.
    private Fact<bool> OtherRole()
    {
        Fact<bool> wide = YesNo(KnownColumn.HasOtherRole);
        Fact<bool> narrow = YesNo(KnownColumn.HasOtherRoleThanInstructor);
        bool narrowCounts = narrow.IsUnreadable || (narrow.IsKnown && narrow.Value);
        return narrowCounts && !(wide.IsKnown && wide.Value) ? narrow : wide;
    }

    private Fact<string> Linked()
    {
        Fact<bool> flag = YesNo(KnownColumn.LinkedFromOther);
        if (flag.IsUnreadable)
        {
            return Fact<string>.Unreadable(flag.Text!);
        }

        if (flag.IsKnown && !flag.Value)
        {
            return Fact<string>.Absent;
        }

        string? institution = Institution(KnownColumn.LinkedFromCode) ?? Institution(KnownColumn.LinkedFromName);
        return institution is not null ? Fact<string>.Known(institution)
            : flag.IsKnown ? Fact<string>.Known("yes")
            : default;
    }

    private string? Institution(KnownColumn column) =>
        ValueOf(column) is { Length: > 0 } text && !s_noInstitution.Contains(text, StringComparer.OrdinalIgnoreCase)
            ? text
            : null;
}
