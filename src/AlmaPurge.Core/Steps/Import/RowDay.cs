using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Tables.Dates;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>
/// A date of a row in four bytes. While its file is being read it holds what was found; once the file's dates are
/// settled, the day or why there is none.
/// </summary>
internal readonly record struct RowDay
{
    private const int NotAskedCode = 0;
    private const int AbsentCode = -1;
    private const int UnreadableCode = -2;

    private readonly int _code;

    private RowDay(int code) => _code = code;

    /// <summary>The file has no such column.</summary>
    public static RowDay NotAsked => default;

    public bool IsAsked => _code != NotAskedCode;

    public FactState State => _code switch
    {
        NotAskedCode => FactState.NotAsked,
        AbsentCode => FactState.Absent,
        UnreadableCode => FactState.Unreadable,
        _ => FactState.Known,
    };

    /// <summary>The day; null if there is none.</summary>
    public DateOnly? Day => _code > 0 ? DateOnly.FromDayNumber(_code - 1) : null;

    /// <summary>A day.</summary>
    public static RowDay Known(DateOnly day) => new(day.DayNumber + 1);

    /// <summary>Whether a day is before another.</summary>
    public bool IsBefore(RowDay other) => _code < other._code;

    /// <summary>What was found, before the file's dates are settled.</summary>
    public static RowDay Found(DateValue value) => new(value.Bits);

    /// <summary>What was found turned into the day.</summary>
    public RowDay Settle(DateColumn? column)
    {
        if (column is null)
        {
            return NotAsked;
        }

        DateValue value = DateValue.FromBits(_code);
        if (value.IsDay)
        {
            // The same number in both; a million times over, that is worth knowing.
            return this;
        }

        return value.IsBlank ? new RowDay(AbsentCode)
            : column.Resolve(value) is { } day ? Known(day)
            : new RowDay(UnreadableCode);
    }

    /// <summary>As the rules take it.</summary>
    /// <param name="text">What an unreadable date looks like.</param>
    public Fact<DateOnly> ToFact(string? text) => _code switch
    {
        NotAskedCode => default,
        AbsentCode => Fact<DateOnly>.Absent,
        UnreadableCode => Fact<DateOnly>.Unreadable(text ?? "?"),
        _ => Fact<DateOnly>.Known(Day!.Value),
    };
}
