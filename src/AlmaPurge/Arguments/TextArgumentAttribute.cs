using System.Collections;
using System.Management.Automation;

namespace AlmaPurge.Arguments;

/// <summary>
/// For parameters that take identifiers or paths as text: refuses numbers and the like, which have lost their leading
/// zeros before we ever see them.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class TextArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? input = Unwrap(inputData);
        return input is IEnumerable list and not string
            ? list.Cast<object?>().Select(item => Text(Unwrap(item))).ToArray()
            : new[] { Text(input) };
    }

    private static string Text(object? item) => item switch
    {
        string text => text,
        FileSystemInfo file => file.FullName,
        null => throw new ArgumentTransformationMetadataException("Nothing was handed over where text is needed."),
        ValueType => throw new ArgumentTransformationMetadataException(
            $"{item} is a number or the like, which has lost its leading zeros if it had any. Put identifiers in quotes, such as '00123'."),
        _ => throw new ArgumentTransformationMetadataException(
            $"An object of type {item.GetType().Name} is neither a file nor an identifier. Hand over text, or files from Get-ChildItem."),
    };

    private static object? Unwrap(object? item) => item is PSObject wrapped ? wrapped.BaseObject : item;
}
