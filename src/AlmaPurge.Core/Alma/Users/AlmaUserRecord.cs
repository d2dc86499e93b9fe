using AlmaPurge.Core.Rules;

namespace AlmaPurge.Core.Alma;

/// <summary>
/// A user as Alma gave it, with the fields that the purge rules need. Names, mail and postal addresses, notes and the
/// birth date have no property; the whole record is kept privately, and only after a read by id, because Alma's PUT
/// replaces everything. Field names and order: rest_user.xsd (documented); JSON shape: recorded answers (seen).
/// </summary>
public sealed class AlmaUserRecord
{
    private readonly string? _json;

    internal AlmaUserRecord(string? json) => _json = json;

    /// <summary>Primary identifier (primary_id).</summary>
    public Fact<string> PrimaryId { get; internal init; }

    /// <summary>Record type code: PUBLIC, STAFF, CONTACT.</summary>
    public Fact<string> RecordType { get; internal init; }

    /// <summary>User group code.</summary>
    public Fact<string> UserGroup { get; internal init; }

    /// <summary>User group description.</summary>
    public Fact<string> UserGroupName { get; internal init; }

    /// <summary>Status code: ACTIVE, INACTIVE; DELETED is known from Analytics only.</summary>
    public Fact<string> Status { get; internal init; }

    /// <summary>Account type code: INTERNAL, EXTERNAL.</summary>
    public Fact<string> AccountType { get; internal init; }

    /// <summary>Expiry date.</summary>
    public Fact<DateOnly> ExpiryDate { get; internal init; }

    /// <summary>Purge date.</summary>
    public Fact<DateOnly> PurgeDate { get; internal init; }

    /// <summary>Day of the last patron activity (last_patron_activity_date).</summary>
    public Fact<DateOnly> LastActivityDate { get; internal init; }

    /// <summary>Day since which the status holds.</summary>
    public Fact<DateOnly> StatusDate { get; internal init; }

    /// <summary>Day of creation, where Alma gives one (inferred: created_date or creation_date).</summary>
    public Fact<DateOnly> CreationDate { get; internal init; }

    /// <summary>Roles. A role whose type cannot be read makes the whole list unreadable.</summary>
    public Fact<IReadOnlyList<PatronRole>> Roles { get; internal init; }

    /// <summary>Blocks.</summary>
    public Fact<IReadOnlyList<PatronBlock>> Blocks { get; internal init; }

    /// <summary>For how many users this one acts as proxy.</summary>
    public Fact<int> ProxyForCount { get; internal init; }

    /// <summary>Institution that this record is a copy from (source_institution_code).</summary>
    public Fact<string> SourceInstitutionCode { get; internal init; }

    /// <summary>Record that this one is a copy of (source_link_id).</summary>
    public Fact<string> SourceLinkId { get; internal init; }

    /// <summary>Set where other institutions may hold copies of this record (linking_id).</summary>
    public Fact<string> LinkingId { get; internal init; }

    /// <summary>Esploro researcher.</summary>
    public Fact<bool> IsResearcher { get; internal init; }

    /// <summary>Number of loans; not asked unless expanded.</summary>
    public Fact<int> OpenLoans { get; internal init; }

    /// <summary>Number of requests; not asked unless expanded.</summary>
    public Fact<int> OpenRequests { get; internal init; }

    /// <summary>Balance of the ACTIVE fees, credits netted (documented); not asked unless expanded.</summary>
    public Fact<decimal> FeeBalance { get; internal init; }

    /// <summary>Whether the record is whole and may be put back.</summary>
    public bool CanBePut => _json is not null;

    /// <summary>The record with another user group.</summary>
    public AlmaUserRecord WithUserGroup(string code) => UserRecordEditor.SetGroup(this, code);

    /// <summary>The record with another purge date, or none.</summary>
    public AlmaUserRecord WithPurgeDate(DateOnly? date) => UserRecordEditor.SetDate(this, "purge_date", date);

    /// <summary>The record with another expiry date, or none.</summary>
    public AlmaUserRecord WithExpiryDate(DateOnly? date) => UserRecordEditor.SetDate(this, "expiry_date", date);

    /// <summary>The identifier only: a record that is printed by mistake must not tell more.</summary>
    public override string ToString() => PrimaryId.IsKnown ? PrimaryId.Value : "(user without primary identifier)";

    /// <summary>The whole record as Alma gave it, changes included.</summary>
    internal string Json => _json ?? throw new InvalidOperationException(
        "Only a user that was read by its id is whole, and only a whole user may be put back.");
}
