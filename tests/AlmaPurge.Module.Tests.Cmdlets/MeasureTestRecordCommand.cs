using System.Management.Automation;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Module.Tests.Cmdlets;

/// <summary>Takes blocks of candidates, and says how many candidates each record had.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "TestRecord")]
public sealed class MeasureTestRecordCommand : PSCmdlet, ITakesBlocks
{
    [Parameter(ValueFromPipeline = true)]
    public object InputObject { get; set; } = null!;

    protected override void ProcessRecord() =>
        WriteObject((InputObject is PSObject wrapped ? wrapped.BaseObject : InputObject) is AlmaPurgeCandidate[] block ? block.Length : 1);
}
