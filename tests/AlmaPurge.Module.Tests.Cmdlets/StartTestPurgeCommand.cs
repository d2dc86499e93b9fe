using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Guards;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Module.Tests.Cmdlets;

/// <summary>Asks as the real purge does, and then does nothing.</summary>
[Cmdlet(VerbsLifecycle.Start, "TestPurge", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class StartTestPurgeCommand : AlmaCancellableCommand
{
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    [Parameter]
    public string? TypeToConfirm { get; set; }

    [Parameter]
    [DateArgument]
    public DateTime? Date { get; set; }

    protected override void OnEnd()
    {
        ApprovalRequest request = new()
        {
            Caption = "Purge",
            Question = "Purge 2 patrons?",
            Description = "Purge 2 patrons.",
            TypeToConfirm = TypeToConfirm,
        };
        WriteObject(Date ?? (object)(Approval.Ask(this, request, IsUpstreamWhatIf) is not null));
    }
}
