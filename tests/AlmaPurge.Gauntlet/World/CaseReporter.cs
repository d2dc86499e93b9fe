using AlmaPurge.Core.Steps;

namespace AlmaPurge.Gauntlet.World;

/// <summary>Keeps what the tool said.</summary>
internal sealed class CaseReporter : IStepReporter
{
    private readonly object _lock = new();
    private readonly List<string> _said = [];

    /// <summary>Warnings and problems, in order.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (_lock)
            {
                return [.. _said];
            }
        }
    }

    public void Progress(StepProgress progress)
    {
    }

    public void Warn(string message) => Add(message);

    public void Verbose(string message)
    {
    }

    public void Problem(Exception problem, string? target) => Add($"{target}: {problem.Message}");

    private void Add(string text)
    {
        lock (_lock)
        {
            _said.Add(text);
        }
    }
}
