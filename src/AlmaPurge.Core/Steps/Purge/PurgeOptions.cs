namespace AlmaPurge.Core.Steps;

/// <summary>What the operator asks of the purge.</summary>
public sealed record PurgeOptions
{
    /// <summary>How it is done.</summary>
    public required AlmaPurgeRoute Route { get; init; }

    /// <summary>Debt that Alma's job overlooks, in the institution's currency.</summary>
    public decimal WaiveThreshold { get; init; } = 1;

    /// <summary>Days that must have passed since the purge date.</summary>
    public int DaysAfterPurgeDate { get; init; } = 1;

    /// <summary>Age up to which a live check counts; older ones are made anew.</summary>
    public TimeSpan MaximumCheckAge { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The Delete User Policy that the operator says is configured; null for the run's.</summary>
    public AlmaDeleteUserPolicy? DeleteUserPolicy { get; init; }

    /// <summary>What is done where Alma does not start the job of SetJob now.</summary>
    public AlmaWhenBusy WhenBusy { get; init; }

    /// <summary>Whether to delete as many as today's calls suffice for; of the route UserDelete only.</summary>
    public bool SplitByDay { get; init; }

    /// <summary>Text of the job's API information as Alma's job wizard shows it.</summary>
    public string? JobTemplate { get; init; }
}
