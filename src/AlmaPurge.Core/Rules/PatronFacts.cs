namespace AlmaPurge.Core.Rules;

/// <summary>Where facts about a patron come from.</summary>
public enum FactSource
{
    /// <summary>A row of an export; up to a day old, and only with the columns that the export has.</summary>
    File,

    /// <summary>An answer of Alma's Users API.</summary>
    Live,
}

/// <summary>
/// What is known about one patron when the rules judge. File rows and live answers fill the same facts, so that each
/// rule is written once. Never holds a name, an e-mail address or a birth date.
/// </summary>
public sealed class PatronFacts
{
    /// <summary>Where the facts come from.</summary>
    public required FactSource Source { get; set; }

    /// <summary>The identifier that was asked for or that the row has, trimmed; empty if blank.</summary>
    public required string PrimaryId { get; set; }

    /// <summary>The day on which the facts are judged; blocks and roles expire against it.</summary>
    public required DateOnly Today { get; set; }

    /// <summary>Live: whether Alma knows the user (401861 and 401890 mean no). Always true for a file.</summary>
    public bool Found { get; set; } = true;

    /// <summary>Live: why no answer was had at all; null if there was one.</summary>
    public string? CheckError { get; set; }

    /// <summary>Live: the primary identifier in the answer; another one means that a barcode matched someone else.</summary>
    public Fact<string> ReturnedPrimaryId { get; set; }

    /// <summary>File: what is wrong with the identifier itself (scientific notation, a total row …); null if nothing.</summary>
    public string? IdentifierDamage { get; set; }

    /// <summary>File: in which column the rows of this identifier disagree; null if they agree.</summary>
    public string? RowConflict { get; set; }

    /// <summary>User group code.</summary>
    public Fact<string> UserGroup { get; set; }

    /// <summary>User group description, where the source gives one.</summary>
    public Fact<string> UserGroupName { get; set; }

    /// <summary>The purge group that this run itself has set, if it has; being in it is not "another group".</summary>
    public string? GroupSetByRun { get; set; }

    /// <summary>Record type.</summary>
    public Fact<PatronRecordType> RecordType { get; set; }

    /// <summary>Account type.</summary>
    public Fact<PatronAccountType> AccountType { get; set; }

    /// <summary>Status.</summary>
    public Fact<PatronStatus> Status { get; set; }

    /// <summary>Expiry date.</summary>
    public Fact<DateOnly> ExpiryDate { get; set; }

    /// <summary>Purge date.</summary>
    public Fact<DateOnly> PurgeDate { get; set; }

    /// <summary>Day of the last patron activity.</summary>
    public Fact<DateOnly> LastActivityDate { get; set; }

    /// <summary>Live: day on which the user record was created, where Alma gives it.</summary>
    public Fact<DateOnly> CreationDate { get; set; }

    /// <summary>File: "Has Role Other Than Patron".</summary>
    public Fact<bool> HasOtherRole { get; set; }

    /// <summary>Live: all roles.</summary>
    public Fact<IReadOnlyList<PatronRole>> Roles { get; set; }

    /// <summary>Institution that the record is a copy from; file: "yes" or the institution code.</summary>
    public Fact<string> LinkedFrom { get; set; }

    /// <summary>Live: others hold copies of this record. A warning, not a rule.</summary>
    public Fact<string> LinkingId { get; set; }

    /// <summary>Esploro researcher.</summary>
    public Fact<bool> IsResearcher { get; set; }

    /// <summary>File: "Is Blocked".</summary>
    public Fact<bool> IsBlocked { get; set; }

    /// <summary>Live: all blocks.</summary>
    public Fact<IReadOnlyList<PatronBlock>> Blocks { get; set; }

    /// <summary>Live: for how many users this one acts as proxy.</summary>
    public Fact<int> ProxyForCount { get; set; }

    /// <summary>Live: open loans.</summary>
    public Fact<int> OpenLoans { get; set; }

    /// <summary>Live: open requests.</summary>
    public Fact<int> OpenRequests { get; set; }

    /// <summary>Live: balance of active fees as the user record has it, credits netted.</summary>
    public Fact<decimal> FeeBalance { get; set; }

    /// <summary>Fees one by one; live only after the fee lists were read.</summary>
    public Fact<IReadOnlyList<PatronFee>> Fees { get; set; }
}
