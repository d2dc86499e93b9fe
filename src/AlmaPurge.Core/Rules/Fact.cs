namespace AlmaPurge.Core.Rules;

/// <summary>How much is known of one fact about a patron.</summary>
public enum FactState
{
    /// <summary>The source has no such column or was not asked; nothing can be concluded.</summary>
    NotAsked,

    /// <summary>The source was asked and has no value there: missing, null or empty.</summary>
    Absent,

    /// <summary>A value that was understood.</summary>
    Known,

    /// <summary>A value that is there but cannot be understood. It keeps the patron.</summary>
    Unreadable,
}

/// <summary>
/// One fact about a patron together with how much is known of it, so that "no value" and "not understood" can never
/// be taken for each other. The default value is <see cref="FactState.NotAsked"/>.
/// </summary>
/// <typeparam name="T">What the fact is when it is known.</typeparam>
public readonly struct Fact<T>
{
    private readonly T? _value;

    private Fact(FactState state, T? value, string? text)
    {
        State = state;
        _value = value;
        Text = text;
    }

    /// <summary>How much is known.</summary>
    public FactState State { get; }

    /// <summary>For <see cref="FactState.Unreadable"/>: the text as it was found.</summary>
    public string? Text { get; }

    /// <summary>Whether <see cref="Value"/> may be asked for.</summary>
    public bool IsKnown => State == FactState.Known;

    /// <summary>Whether a value is there that cannot be understood.</summary>
    public bool IsUnreadable => State == FactState.Unreadable;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The fact is not known; a rule asked without looking.</exception>
    public T Value => IsKnown
        ? _value!
        : throw new InvalidOperationException($"A fact in state {State} has no value.");

    /// <summary>The source was asked and has nothing there.</summary>
    public static Fact<T> Absent { get; } = new(FactState.Absent, default, null);

    /// <summary>A value that was understood.</summary>
    public static Fact<T> Known(T value) => new(FactState.Known, value, null);

    /// <summary>A value that is there but cannot be understood.</summary>
    /// <param name="text">What was found, as found.</param>
    public static Fact<T> Unreadable(string text) => new(FactState.Unreadable, default, text);
}
