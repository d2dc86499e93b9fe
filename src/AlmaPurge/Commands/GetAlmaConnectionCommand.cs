using System.Management.Automation;
using AlmaPurge.Connections;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsCommon.Get, "AlmaConnection")]
[OutputType(typeof(AlmaConnection))]
public sealed class GetAlmaConnectionCommand : AlmaCancellableCommand
{
    protected override void OnEnd()
    {
        if (ConnectionStore.Default is { } connection)
        {
            WriteObject(connection);
        }
        else
        {
            WriteVerbose("This session has no connection to Alma. Make one with Connect-Alma.");
        }
    }
}
