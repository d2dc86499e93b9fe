using AlmaPurge.Core.Steps;

namespace AlmaPurge.Pipeline;

/// <summary>For the parts of a step that have nothing to say.</summary>
internal sealed class NoReporter : IStepReporter
{
    public static NoReporter Instance { get; } = new();

    public void Progress(StepProgress progress)
    {
    }

    public void Warn(string message)
    {
    }

    public void Verbose(string message)
    {
    }

    public void Problem(Exception problem, string? target)
    {
    }
}
