using System.ComponentModel;
using System.Management.Automation;
using AlmaPurge.Arguments;

namespace AlmaPurge.Pipeline;

/// <summary>Base of the cmdlets that take a job of Alma, a purge, a run for its purge, or the ids of a job.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AlmaJobCommand : AlmaConnectedCommand
{
    private protected const string ObjectSet = "InputObject";
    private protected const string IdSet = "Id";

    // Alma takes this in place of a job id where only the run of the job is known (documented).
    private const string AnyJob = "ALL";

    /// <summary>A job, the purge of a run, or the run for its purge.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [StepInput(typeof(AlmaJob), typeof(AlmaPurgeJob), typeof(AlmaPurgeRun))]
    public object[] InputObject { get; set; } = [];

    /// <summary>Id of the job, such as M148; not needed where the id of its run is known.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public string JobId { get; set; } = AnyJob;

    /// <summary>Id of the run of the job.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public string InstanceId { get; set; } = "";
}
