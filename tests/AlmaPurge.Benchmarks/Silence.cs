using AlmaPurge.Core.Steps;

namespace AlmaPurge.Benchmarks;

/// <summary>Hears nothing of what steps say.</summary>
internal sealed class Silence : IStepReporter
{
    public static Silence Instance { get; } = new();

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
