using System.Globalization;
using System.Management.Automation;

namespace AlmaPurge.Arguments;

/// <summary>
/// For parameters that take an age: a TimeSpan, a number of hours, or hours:minutes. .NET would read 24:00:00 as 24
/// days and 24 as 24 ten-millionths of a second, and an old check would pass for a fresh one.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class AgeArgumentAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] s_formats = [@"h\:mm", @"h\:mm\:ss", @"d\.hh\:mm", @"d\.hh\:mm\:ss"];

    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Age(inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is { Ticks: >= 0 } age
            ? age
            : throw new ArgumentTransformationMetadataException(
                $"'{inputData}' is not an age that can be told for sure. Give a number of hours, such as 24, or a TimeSpan " +
                "such as (New-TimeSpan -Days 2).");

    private static TimeSpan? Age(object? input) => input switch
    {
        TimeSpan age => age,
        int hours => TimeSpan.FromHours(hours),
        double hours and >= 0 and <= int.MaxValue => TimeSpan.FromHours(hours),
        string text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int hours) =>
            TimeSpan.FromHours(hours),
        string text when TimeSpan.TryParseExact(text.Trim(), s_formats, CultureInfo.InvariantCulture, out TimeSpan age) => age,
        _ => null,
    };
}
