using System.Collections;
using System.Management.Automation;

namespace AlmaPurge.Arguments;

/// <summary>
/// For a pipeline parameter of type object[]: lets through objects of our own of the given types and refuses all
/// else with a sentence that helps, where the binder would only say that nothing fits.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class StepInputAttribute : ArgumentTransformationAttribute
{
    private readonly Type[] _types;

    public StepInputAttribute(params Type[] types) => _types = types;

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? input = Unwrap(inputData);
        if (input is AlmaPurgeCandidate[] block && Takes(typeof(AlmaPurgeCandidate)) && Array.IndexOf(block, null) < 0)
        {
            return block;
        }

        return input is IEnumerable list and not string
            ? list.Cast<object?>().Select(item => Check(Unwrap(item))).ToArray()
            : Check(input);
    }

    private object Check(object? item) =>
        item is not null && Takes(item.GetType())
            ? item
            : throw new ArgumentTransformationMetadataException(Explain(item));

    private bool Takes(Type type) => Array.IndexOf(_types, type) >= 0;

    private string Explain(object? item)
    {
        string wanted = string.Join(" or ", _types.Select(static type => type.Name));
        return item switch
        {
            null => $"Nothing was handed over where {wanted} is needed.",
            AlmaPurgeExclusion => $"An exclusion is a patron who is kept, and no {wanted}: it cannot go on.",
            string or char or Guid => $"'{item}' is only an id. {Pointer(wanted)}",
            ValueType => $"{item} is a number or the like; as an id it may have lost its leading zeros. {Pointer(wanted)}",
            _ => $"An object of type {item.GetType().Name} is no {wanted}. {Pointer(wanted)}",
        };
    }

    private string Pointer(string wanted) => Array.IndexOf(_types, typeof(AlmaJob)) >= 0
        ? $"This needs {wanted}, from an earlier cmdlet, or the ids as text: -JobId M148 -InstanceId '1234'."
        : $"This needs {wanted}, which belongs to a run. Start a run with Import-AlmaPurgeCandidate -PrimaryId for " +
        "single ids (as text) or with a file, or pick one up with Get-AlmaPurgeRun.";

    private static object? Unwrap(object? item) => item is PSObject wrapped ? wrapped.BaseObject : item;
}
