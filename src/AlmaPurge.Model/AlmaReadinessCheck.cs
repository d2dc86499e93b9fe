namespace AlmaPurge;

/// <summary>What came of one check of Get-AlmaPurgeReadiness.</summary>
public sealed class AlmaReadinessCheck
{
    internal AlmaReadinessCheck(string name, AlmaReadinessStatus status, string detail, string? remedy)
    {
        Name = name;
        Status = status;
        Detail = detail;
        Remedy = remedy;
    }

    /// <summary>Name of the check, such as PurgeGroupEmpty.</summary>
    public string Name { get; }

    /// <summary>What came of it.</summary>
    public AlmaReadinessStatus Status { get; }

    /// <summary>What was found.</summary>
    public string Detail { get; }

    /// <summary>What to do; null where nothing is to be done.</summary>
    public string? Remedy { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Status}";
}

/// <summary>What came of a readiness check.</summary>
public enum AlmaReadinessStatus
{
    /// <summary>As it should be; Alma said so.</summary>
    Pass,

    /// <summary>Works, and somebody should know.</summary>
    Warn,

    /// <summary>A purge would not work, or not safely.</summary>
    Fail,

    /// <summary>Alma does not tell; a person has to look.</summary>
    Ask,
}
