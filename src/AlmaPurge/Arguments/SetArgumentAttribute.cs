using System.Management.Automation;

namespace AlmaPurge.Arguments;

/// <summary>
/// For a parameter that names a set of Alma: its name or id as text, or a set from Get-AlmaUserSet. A number is refused:
/// a name may be one, and would have lost its leading zeros.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class SetArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            AlmaUserSet { SetId: { } setId } => setId,
            string text when !string.IsNullOrWhiteSpace(text) => text.Trim(),
            ValueType other => throw new ArgumentTransformationMetadataException(
                $"{other} is a number or the like. Put the name or id of the set in quotes."),
            object other => throw new ArgumentTransformationMetadataException(
                $"'{other}' is no set of Alma. Hand over a set from Get-AlmaUserSet, or its name or id as text."),
            null => throw new ArgumentTransformationMetadataException(
                "There is no set here. Hand over a set from Get-AlmaUserSet, or its name or id as text."),
        };
}
