using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Connections;
using AlmaPurge.Core;
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
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserGroupCompleter))]
    public string? UserGroup { get; set; }

    protected override void OnEnd()
    {
        AlmaSimulator simulator = SimulatorStore.Require(GetConnection());
        string path = GetUnresolvedProviderPathFromPSPath(Path);
        FilePaths.RequireFolderOf(path);
        string? group = UserGroup is null ? null : CodeOf(simulator, UserGroup.Trim());
        if (!Approval.AskLocal(this, $"Write the simulator's report {Kind} to '{path}'.", path))
        {
            return;
        }

        if (Kind.Equals("Users", StringComparison.OrdinalIgnoreCase))
        {
            simulator.ExportUsers(path, group);
        }
        else
        {
            simulator.ExportFines(path, group);
        }
    }

    // A name that fits nobody would give a report with a header alone, as if the group were empty.
    private static string CodeOf(AlmaSimulator simulator, string codeOrDescription)
    {
        bool Is(string name) => name.Equals(codeOrDescription, StringComparison.OrdinalIgnoreCase);
        return simulator.UserGroups.FirstOrDefault(g => Is(g.Code))?.Code
            ?? simulator.UserGroups.FirstOrDefault(g => Is(g.Description))?.Code
            ?? throw new AlmaPurgeException(
                "UserGroupNotFound",
                AlmaPurgeErrorKind.NotFound,
                $"The simulator has no user group '{codeOrDescription}'.",
                $"Its groups are: {string.Join(", ", simulator.UserGroups.Select(g => g.Code))}.",
                codeOrDescription);
    }
}
