using System.Globalization;

namespace AlmaPurge.Simulator.Faults;

/// <summary>When a fault strikes: always, at a rate, or at the Nth moment that concerns it.</summary>
internal sealed record FaultTrigger(double Rate, int Number)
{
    public static FaultTrigger Always { get; } = new(1, 0);

    public static FaultTrigger AtRate(double rate)
    {
        return new FaultTrigger(rate, 0);
    }

    public static FaultTrigger At(int number)
    {
        return new FaultTrigger(0, number);
    }

    /// <summary>Takes <c>name</c>, <c>name:0.02</c> or <c>name@3</c> apart.</summary>
    public static (string Name, FaultTrigger? Trigger) Parse(string text)
    {
        int mark = text.IndexOfAny([':', '@']);
        if (mark < 0)
        {
            return (text.Trim(), null);
        }

        string name = text[..mark].Trim();
        string value = text[(mark + 1)..];
        if (text[mark] == '@' && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number > 0)
        {
            return (name, At(number));
        }

        if (text[mark] == ':'
            && double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double rate)
            && rate is > 0 and <= 1)
        {
            return (name, AtRate(rate));
        }

        throw new ArgumentException(
            $"'{text}' is no fault: write name, name:0.02 for a rate of at most 1, or name@3 for the third match.",
            nameof(text));
    }

    /// <summary>As it is written behind a name: <c>:0.02</c> or <c>@3</c>.</summary>
    public override string ToString()
    {
        return Number > 0 ? FormattableString.Invariant($"@{Number}") : FormattableString.Invariant($":{Rate}");
    }

    public bool Strikes(int count, Random random)
    {
        return Number > 0 ? count == Number : Rate >= 1 || random.NextDouble() < Rate;
    }
}
