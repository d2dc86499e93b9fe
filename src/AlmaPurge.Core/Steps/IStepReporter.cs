namespace AlmaPurge.Core.Steps;

/// <summary>
/// What a step says while it works. May be called from any thread, never blocks, and after a stop says nothing.
/// Never pass a name, an address or a key.
/// </summary>
public interface IStepReporter
{
    /// <summary>How far the step is. Cheap enough for each record: whoever shows it decides how often.</summary>
    /// <param name="progress">Where the step stands.</param>
    void Progress(StepProgress progress);

    /// <summary>Something that a person should look at, though the step goes on.</summary>
    /// <param name="message">One or more full sentences.</param>
    void Warn(string message);

    /// <summary>What is being done, for whoever asked to hear it.</summary>
    /// <param name="message">One line.</param>
    void Verbose(string message);

    /// <summary>An error about one patron or thing. The step goes on with the others.</summary>
    /// <param name="problem">What went wrong.</param>
    /// <param name="target">The primary identifier, or whatever else it is about.</param>
    void Problem(Exception problem, string? target);
}
