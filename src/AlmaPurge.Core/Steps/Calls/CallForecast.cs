namespace AlmaPurge.Core.Steps;

/// <summary>Calls that something needs against those of today.</summary>
/// <param name="Needed">What it needs.</param>
/// <param name="Left">Calls left today as the last answer said; null if Alma does not tell.</param>
/// <param name="Floor">Calls that stay to others.</param>
public sealed record CallForecast(CallRange Needed, long? Left, long Floor)
{
    /// <summary>Calls that may be used today; null if not known.</summary>
    public long? Usable => Left is { } left ? Math.Max(0, left - Floor) : null;

    /// <summary>Whether it cannot come to its end today.</summary>
    public bool IsTooMuch => Needed.Least > Usable;

    /// <summary>Whether it might not come to its end today.</summary>
    public bool IsDoubtful => Needed.Most > Usable;

    /// <summary>The forecast by what a connection knows now. Sends nothing.</summary>
    public static CallForecast Of(AlmaConnection connection, CallRange needed)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new CallForecast(needed, connection.CallsLeftToday, connection.DailyCallFloor);
    }

    /// <summary>What is left, in words: the end of a sentence.</summary>
    public string LeftInWords() => Left is not { } left
        ? "Alma does not tell how many are left today"
        : Floor == 0
            ? FormattableString.Invariant($"{left} are left today")
            : FormattableString.Invariant($"{left} are left today, of which {Floor} stay to others");

    /// <summary>A sentence for a question or a preview.</summary>
    public override string ToString() => $"Needs {Needed} calls; {LeftInWords()}.";
}
