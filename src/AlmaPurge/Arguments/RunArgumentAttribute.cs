using System.Management.Automation;

namespace AlmaPurge.Arguments;

/// <summary>
/// For a parameter -Run of type object: a run, whatever belongs to one, or its id or folder as text. A number is
/// refused: no run has one as its id.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class RunArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            AlmaPurgeRun run => run,
            string text when !string.IsNullOrWhiteSpace(text) => text.Trim(),
            FileSystemInfo folder => folder.FullName,
            object other => throw new ArgumentTransformationMetadataException(
                $"'{other}' is no run. Hand over a run from Get-AlmaPurgeRun, its id, or its folder."),
            null => throw new ArgumentTransformationMetadataException(
                "There is no run here. Hand over a run from Get-AlmaPurgeRun, its id, or its folder."),
        };
}
