using System.Globalization;
using System.Management.Automation;

namespace AlmaPurge.Arguments;

/// <summary>
/// A day for a parameter of type DateTime: yyyy-MM-dd, or a date object. Anything else is refused: PowerShell reads
/// '03/04/2025' as March whatever the culture, and a number as ticks.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class DateArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            null => null,
            DateTime date => Midnight(date),
            DateTimeOffset date => Midnight(date.DateTime),
            DateOnly date => Midnight(date.ToDateTime(TimeOnly.MinValue)),
            string text when DateTime.TryParseExact(
                text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime date) => date,
            object other => throw new ArgumentTransformationMetadataException(
                $"'{other}' is not a date that can be told for sure. Write it as year-month-day, such as 2025-01-31, or " +
                "hand over a DateTime, DateTimeOffset or DateOnly."),
        };

    // A day has no time zone; a kind would let later code move it across midnight.
    private static DateTime Midnight(DateTime date) => DateTime.SpecifyKind(date.Date, DateTimeKind.Unspecified);
}
