namespace AlmaPurge.Core.Steps;

/// <summary>API calls that something takes.</summary>
/// <param name="Least">With fewer it cannot come to its end.</param>
/// <param name="Most">So many at most, as long as nobody changes meanwhile and no call has to be repeated.</param>
public readonly record struct CallRange(long Least, long Most)
{
    /// <summary>Exactly so many.</summary>
    public static CallRange Exactly(long calls) => new(calls, calls);

    /// <summary>Both together.</summary>
    public static CallRange operator +(CallRange a, CallRange b) => new(a.Least + b.Least, a.Most + b.Most);

    /// <inheritdoc/>
    public override string ToString() => Least == Most
        ? FormattableString.Invariant($"{Most}")
        : FormattableString.Invariant($"{Least} to {Most}");
}

/// <summary>API calls of a step that plans and then applies.</summary>
/// <param name="Planning">Until the plan stands, in a preview too.</param>
/// <param name="Applying">From there to the end.</param>
internal readonly record struct StepNeed(CallRange Planning, CallRange Applying)
{
    /// <summary>Both together.</summary>
    public CallRange Total => Planning + Applying;
}
