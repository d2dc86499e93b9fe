using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator;

/// <summary>
/// Everything the simulator knows of one patron. It never changes: a change makes another one, so that a test may
/// hold on to how a patron was at some moment.
/// </summary>
public sealed record SimulatedUserSpec
{
    /// <summary>The primary identifier, unique in any case of letters.</summary>
    public required string PrimaryId { get; init; }

    /// <summary>A made-up first name.</summary>
    public string FirstName { get; init; } = "Test";

    /// <summary>A made-up middle name.</summary>
    public string MiddleName { get; init; } = "";

    /// <summary>A made-up last name.</summary>
    public string LastName { get; init; } = "Patron";

    /// <summary>A made-up birth date.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>Code of the user group.</summary>
    public string UserGroup { get; init; } = "UNDRGRD";

    /// <summary>PUBLIC, STAFF or CONTACT.</summary>
    public string RecordType { get; init; } = "PUBLIC";

    /// <summary>EXTERNAL or INTERNAL.</summary>
    public string AccountType { get; init; } = "EXTERNAL";

    /// <summary>ACTIVE, INACTIVE or DELETED.</summary>
    public string Status { get; init; } = "ACTIVE";

    /// <summary>The expiry date, if there is one.</summary>
    public DateOnly? ExpiryDate { get; init; }

    /// <summary>The purge date, if there is one.</summary>
    public DateOnly? PurgeDate { get; init; }

    /// <summary>The last patron activity, if there was one.</summary>
    public DateOnly? LastPatronActivityDate { get; init; }

    /// <summary>When the record was made; null means at the moment it is added.</summary>
    public DateTimeOffset? CreatedDate { get; init; }

    /// <summary>The student system that an external account comes from.</summary>
    public string? ExternalId { get; init; } = "SIS";

    /// <summary>Set where other institutions hold copies of this record.</summary>
    public string? LinkingId { get; init; }

    /// <summary>Set where this record is itself a copy.</summary>
    public string? SourceInstitutionCode { get; init; }

    /// <summary>Set where this record is itself a copy.</summary>
    public string? SourceLinkId { get; init; }

    /// <summary>Esploro researcher; null leaves the field out, as on most records.</summary>
    public bool? IsResearcher { get; init; }

    /// <summary>How many loans are open.</summary>
    public int OpenLoans { get; init; }

    /// <summary>How many requests are active.</summary>
    public int OpenRequests { get; init; }

    /// <summary>Fees in any state, credits included.</summary>
    public IReadOnlyList<SimulatedFee> Fees { get; init; } = [];

    /// <summary>User blocks in any state.</summary>
    public IReadOnlyList<SimulatedBlock> Blocks { get; init; } = [];

    /// <summary>Roles; Patron alone by default.</summary>
    public IReadOnlyList<SimulatedRole> Roles { get; init; } = SimulatedRole.PatronOnly;

    /// <summary>Barcodes and other identifiers.</summary>
    public IReadOnlyList<SimulatedIdentifier> Identifiers { get; init; } = [];

    /// <summary>Primary ids of those this patron acts for.</summary>
    public IReadOnlyList<string> ProxyFor { get; init; } = [];

    /// <summary>
    /// What keeps Alma from removing the patron although the API does not show it: order lines, a locked record.
    /// </summary>
    public string? HiddenBlocker { get; init; }

    /// <summary>
    /// For a patron who was merged into another one: the primary id of the one who is left. See
    /// <see cref="SimulatorOptions.MergedIdsResolve"/>.
    /// </summary>
    public string? MergedInto { get; init; }

    /// <summary>The group was changed by hand, so a PUT or a student load does not replace it.</summary>
    public bool UserGroupSetManually { get; init; }

    /// <summary>
    /// Fields that are carried without being used, by Alma's names: user_title, job_category, campus_code,
    /// preferred_language, cataloger_level, pref_first_name and the like. One that is not in it has its neutral value.
    /// </summary>
    public IReadOnlyDictionary<string, string>? OtherFields { get; init; }

    /// <summary>
    /// Names of other fields that were changed by hand, so a PUT does not replace them on an external account unless
    /// it overrides them; also rs_libraries and library_notices.
    /// </summary>
    public IReadOnlyList<string> ManualFields { get; init; } = [];

    /// <summary>Segments that are carried without being read, as a PUT left them; null for made-up ones.</summary>
    internal JObject? Carried { get; init; }
}
