namespace AlmaPurge.Core.Tables.Dates;

/// <summary>
/// A date as it was found, in four bytes. Where day and month could be either way round, both numbers are kept until
/// the whole column has been seen; <see cref="DateColumn.Resolve"/> then gives the day.
/// </summary>
/// <remarks>0 is blank, -1 unreadable; bit 30 marks a pair (year, first, second), else it is a day number + 1.</remarks>
public readonly record struct DateValue
{
    private const int PairFlag = 1 << 30;

    private readonly int _bits;

    private DateValue(int bits) => _bits = bits;

    /// <summary>No date.</summary>
    public static DateValue Blank => default;

    /// <summary>Something that is not a date.</summary>
    public static DateValue Unreadable { get; } = new(-1);

    /// <summary>Whether there is nothing.</summary>
    public bool IsBlank => _bits == 0;

    /// <summary>Whether there is something that is not a date.</summary>
    public bool IsUnreadable => _bits == -1;

    /// <summary>The value as a number, for whoever keeps very many.</summary>
    internal int Bits => _bits;

    /// <summary>Whether the day is known without looking at the other values of the column.</summary>
    internal bool IsDay => _bits is > 0 and < PairFlag;

    internal bool IsPair => _bits > 0 && (_bits & PairFlag) != 0;

    internal int First => (_bits >> 5) & 31;

    internal int Second => _bits & 31;

    internal int Year => (_bits & ~PairFlag) >> 10;

    internal DateOnly Day => DateOnly.FromDayNumber(_bits - 1);

    internal static DateValue FromBits(int bits) => new(bits);

    internal static DateValue Of(DateOnly day) => OfDayNumber(day.DayNumber);

    /// <summary>A day by its number, as in <see cref="DateOnly.DayNumber"/>.</summary>
    internal static DateValue OfDayNumber(int number) => new(number + 1);

    internal static DateValue OfPair(int first, int second, int year) =>
        new(PairFlag | (year << 10) | (first << 5) | second);
}
