using System.Management.Automation;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Module.Tests.Cmdlets;

/// <summary>Passes its input on and says whether it believes to be a preview.</summary>
[Cmdlet(VerbsCommon.Get, "TestIntent", SupportsShouldProcess = true)]
public sealed class GetTestIntentCommand : AlmaCancellableCommand
{
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    protected override void OnRecord()
    {
        StepLog.Entries.Enqueue("record");
        WriteObject($"{IsWhatIf}/{IsUpstreamWhatIf}");
    }
}
