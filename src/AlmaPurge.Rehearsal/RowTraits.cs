using AlmaPurge.Core.Tables;

namespace AlmaPurge.Rehearsal;

/// <summary>What a row of an export says of a patron besides identifier and dates.</summary>
internal sealed class RowTraits
{
    private static readonly string[] s_no = ["", "N", "NO", "FALSE", "0"];
    private static readonly string[] s_noInstitution = ["", "NONE", "N/A", "-", "UNKNOWN", "NOT APPLICABLE"];

    public RowTraits(TableCursor cursor)
    {
        GroupCode = Text(cursor, KnownColumn.UserGroupCode);
        GroupName = Text(cursor, KnownColumn.UserGroup);
        Status = Known(cursor, KnownColumn.Status);
        RecordType = Known(cursor, KnownColumn.RecordType);
        AccountType = Known(cursor, KnownColumn.AccountType);
        HasOtherRole = IsYes(cursor, KnownColumn.HasOtherRole) || IsYes(cursor, KnownColumn.HasOtherRoleThanInstructor);
        IsBlocked = IsYes(cursor, KnownColumn.IsBlocked);
        IsLinkedCopy = cursor.Header.Has(KnownColumn.LinkedFromOther)
            ? IsYes(cursor, KnownColumn.LinkedFromOther)
            : IsInstitution(cursor, KnownColumn.LinkedFromCode) || IsInstitution(cursor, KnownColumn.LinkedFromName);
    }

    /// <summary>Null if the file has no such column, empty if the cell is blank; so with the description.</summary>
    public string? GroupCode { get; }

    public string? GroupName { get; }

    public string? Status { get; }

    public string? RecordType { get; }

    public string? AccountType { get; }

    public bool HasOtherRole { get; }

    public bool IsBlocked { get; }

    public bool IsLinkedCopy { get; }

    private static string? Text(TableCursor cursor, KnownColumn column) =>
        cursor.Header.Has(column) ? cursor.TextOf(column) : null;

    private static string? Known(TableCursor cursor, KnownColumn column) =>
        Text(cursor, column) is { Length: > 0 } text ? text : null;

    // What is neither yes nor no keeps the patron, so the library must have a reason to.
    private static bool IsYes(TableCursor cursor, KnownColumn column) =>
        !s_no.Contains(cursor.TextOf(column), StringComparer.OrdinalIgnoreCase);

    private static bool IsInstitution(TableCursor cursor, KnownColumn column) =>
        !s_noInstitution.Contains(cursor.TextOf(column), StringComparer.OrdinalIgnoreCase);
}
