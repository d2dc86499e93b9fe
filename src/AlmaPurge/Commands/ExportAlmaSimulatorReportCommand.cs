using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Connections;
using AlmaPurge.Guards;
using AlmaPurge.Pipeline;
using AlmaPurge.Simulator;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsData.Export, "AlmaSimulatorReport", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void))]
public sealed class ExportAlmaSimulatorReportCommand : AlmaConnectedCommand
{
    [Parameter(Mandatory = true)]
    [ValidateSet("Users", "Fines")]
    public string Kind { get; set; } = "";

    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    [Parameter]
    [ArgumentCompleter(typeof(UserGroupCompleter))]
    public string? UserGroup { get; set; }

    protected override void OnEnd()
    {
        AlmaSimulator simulator = SimulatorStore.Require(GetConnection());
        string path = GetUnresolvedProviderPathFromPSPath(Path);
        if (!Approval.AskLocal(this, $"Write the simulator's report {Kind} to '{path}'.", path))
        {
            return;
        }

        if (Kind.Equals("Users", StringComparison.OrdinalIgnoreCase))
        {
            simulator.ExportUsers(path, UserGroup);
        }
        else
        {
            simulator.ExportFines(path, UserGroup);
        }
    }
}
