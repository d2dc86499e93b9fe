using AlmaPurge.Core.Steps;

namespace AlmaPurge.KilledPurge;

/// <summary>Says warnings and errors on standard error, and nothing else.</summary>
public sealed class QuietReporter : IStepReporter
{
    /// <inheritdoc/>
    public void Progress(StepProgress progress)
    {
    }

    /// <inheritdoc/>
    public void Warn(string message) => Console.Error.WriteLine("WARNING: " + message);

    /// <inheritdoc/>
    public void Verbose(string message)
    {
    }

    /// <inheritdoc/>
    public void Problem(Exception problem, string? target) => Console.Error.WriteLine("ERROR: " + problem.Message);
}
