namespace AlmaPurge.Gauntlet.Plans;

/// <summary>What an operator does to the report of patrons.</summary>
internal enum FileEdit
{
    /// <summary>Some rows are lost.</summary>
    OmitRows,

    /// <summary>Some rows are there twice, and agree.</summary>
    RepeatRows,

    /// <summary>Some rows are there twice, and disagree.</summary>
    ContradictRows,

    /// <summary>Everybody is said to have expired long ago.</summary>
    BackdateExpiry,

    /// <summary>Only identifier and group are left.</summary>
    StripColumns,

    /// <summary>Rows of other groups are said to be of this one.</summary>
    ForeignRows,

    /// <summary>Barcodes stand where identifiers should.</summary>
    BarcodesForIds,

    /// <summary>Identifiers are in the other case and have blanks around them.</summary>
    ChangeCase,

    /// <summary>Identifiers have lost leading zeros, or are in scientific notation.</summary>
    DamageIds,

    /// <summary>Identifiers that nobody has.</summary>
    UnknownIds,
}

/// <summary>Where the patrons come from.</summary>
internal enum PatronSource
{
    /// <summary>A file that was exported of the report.</summary>
    File,

    /// <summary>The report itself, of all groups, read through the API; the report of fines too.</summary>
    Report,

    /// <summary>An itemized set that staff collected, with some of other groups in it.</summary>
    Set,

    /// <summary>A logical set.</summary>
    LogicalSet,

    /// <summary>Identifiers that were typed.</summary>
    PrimaryIds,
}

/// <summary>Which report of fines the operator takes.</summary>
internal enum FinesChoice
{
    Right,
    None,
    HalfOfIt,
    OtherGroup,
    Empty,
}

/// <summary>Which group the operator gives as purge group.</summary>
internal enum GroupChoice
{
    Right,
    KeepOwn,
    OwnGroup,
    GroupInUse,
    Unknown,
    CodeAsSearchTerm,
}

/// <summary>What happens in the library while the tool is at work.</summary>
internal enum HappeningKind
{
    StudentLoad,
    Loan,
    LoanAndReturn,
    Request,
    Fee,
    DisputedFee,
    ExportedFee,
    FeeBesideCredit,
    Block,
    Role,
    Researcher,
    StaffRecord,
    OtherGroup,
    Extended,
    Active,
    Linked,
    Proxy,
    Renamed,
    IdBecomesBarcode,
    StrangerInPurgeGroup,
    StrangerInSet,
    LostFromSet,
    ComesBack,
}

/// <summary>When it happens.</summary>
internal enum Moment
{
    /// <summary>Before the step begins.</summary>
    Before,

    /// <summary>While the question stands open.</summary>
    AtPrompt,

    /// <summary>Just before Alma answers a look at that very patron.</summary>
    AtLook,
}

/// <summary>Something that happens.</summary>
/// <param name="Kind">What.</param>
/// <param name="Step">The step that it comes with.</param>
/// <param name="Moment">When.</param>
/// <param name="Share">How many of the patrons it concerns, in thousandths; one at least.</param>
internal sealed record Happening(HappeningKind Kind, string Step, Moment Moment, int Share)
{
    public override string ToString() => FormattableString.Invariant($"{Kind}@{Step}.{Moment}/{Share}");
}
