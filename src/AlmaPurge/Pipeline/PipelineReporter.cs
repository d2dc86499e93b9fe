using System.Management.Automation;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Pipeline;

/// <summary>For steps that work on the pipeline thread itself: what they say is written at once.</summary>
internal sealed class PipelineReporter : IStepReporter
{
    private readonly Cmdlet _cmdlet;

    public PipelineReporter(Cmdlet cmdlet) => _cmdlet = cmdlet;

    // What passes a million records in seconds, between two records of the pipeline, needs no bar.
    public void Progress(StepProgress progress)
    {
    }

    public void Warn(string message) => _cmdlet.WriteWarning(message);

    public void Verbose(string message) => _cmdlet.WriteVerbose(message);

    public void Problem(Exception problem, string? target) => _cmdlet.WriteError(ErrorRecords.From(problem, target));
}
