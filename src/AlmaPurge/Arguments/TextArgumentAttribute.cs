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
    /// <summary>For paths with wildcards: a file from Get-ChildItem is that file, whatever brackets its name has.</summary>
    public bool TakesFiles { get; set; }

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? input = Unwrap(inputData);
        return input is IEnumerable list and not string
            ? list.Cast<object?>().Select(item => Text(Unwrap(item))).ToArray()
            : new[] { Text(input) };
    }

    private string Text(object? item) => item switch
    {
        string text => text,
        FileSystemInfo file when TakesFiles => WildcardPattern.Escape(file.FullName),
        null => throw new ArgumentTransformationMetadataException("Nothing was handed over where text is needed."),
        ValueType when TakesFiles => throw new ArgumentTransformationMetadataException(
            $"{item} is a number or the like, and no file. Single identifiers go in quotes to Import-AlmaPurgeCandidate -PrimaryId."),
        ValueType => throw new ArgumentTransformationMetadataException(
            $"{item} is a number or the like, which has lost its leading zeros if it had any. Put identifiers in quotes, such as '00123'."),
        _ => throw new ArgumentTransformationMetadataException(
            $"An object of type {item.GetType().Name} is no {(TakesFiles ? "file. Hand over paths, or files from Get-ChildItem" : "identifier. Hand over text")}."),
    };

    private static object? Unwrap(object? item) => item is PSObject wrapped ? wrapped.BaseObject : item;
}
