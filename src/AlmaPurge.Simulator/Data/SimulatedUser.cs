namespace AlmaPurge.Simulator;

/// <summary>A patron in the simulator, live: its properties follow what happens to it.</summary>
public sealed class SimulatedUser
{
    internal SimulatedUser(long number, SimulatedUserSpec state)
    {
        Number = number;
        InitialState = state;
        State = state;
    }

    /// <summary>How the patron is now.</summary>
    public SimulatedUserSpec State { get; internal set; }

    /// <summary>How the patron was when added, which the manifest is judged by.</summary>
    public SimulatedUserSpec InitialState { get; internal set; }

    /// <summary>The primary identifier; a removed patron keeps it here, so that tests can name the person.</summary>
    public string PrimaryId => State.PrimaryId;

    /// <summary>Code of the user group.</summary>
    public string UserGroup => State.UserGroup;

    /// <summary>PUBLIC, STAFF or CONTACT.</summary>
    public string RecordType => State.RecordType;

    /// <summary>EXTERNAL or INTERNAL.</summary>
    public string AccountType => State.AccountType;

    /// <summary>ACTIVE, INACTIVE or DELETED.</summary>
    public string Status => State.Status;

    /// <summary>The expiry date.</summary>
    public DateOnly? ExpiryDate => State.ExpiryDate;

    /// <summary>The purge date.</summary>
    public DateOnly? PurgeDate => State.PurgeDate;

    /// <summary>The last patron activity.</summary>
    public DateOnly? LastPatronActivityDate => State.LastPatronActivityDate;

    /// <summary>How many loans are open.</summary>
    public int OpenLoans => State.OpenLoans;

    /// <summary>How many requests are active.</summary>
    public int OpenRequests => State.OpenRequests;

    /// <summary>Fees in any state.</summary>
    public IReadOnlyList<SimulatedFee> Fees => State.Fees;

    /// <summary>True once purged or deleted: the API no longer finds the patron.</summary>
    public bool IsDeleted { get; internal set; }

    /// <summary>True where the Delete User Policy left nothing, not even for Analytics.</summary>
    public bool IsErased { get; internal set; }

    internal long Number { get; }

    internal DateTimeOffset Modified { get; set; }

    /// <summary>What Analytics shows as primary identifier after a removal that took the real one away.</summary>
    internal string? ReportedId { get; set; }
}
