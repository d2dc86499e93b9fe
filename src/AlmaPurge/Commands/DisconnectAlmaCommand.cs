using System.Management.Automation;
using AlmaPurge.Connections;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsCommunications.Disconnect, "Alma")]
[OutputType(typeof(void))]
public sealed class DisconnectAlmaCommand : AlmaCancellableCommand
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public AlmaConnection? Connection { get; set; }

    protected override void OnRecord()
    {
        AlmaConnection? connection = Connection ?? ConnectionStore.Default;
        if (connection is null)
        {
            WriteVerbose("This session has no connection to Alma.");
            return;
        }

        if (ReferenceEquals(connection, ConnectionStore.Default))
        {
            ConnectionStore.Clear();
        }

        connection.Dispose();
    }
}
