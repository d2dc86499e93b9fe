using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>Keeps what a step said.</summary>
internal sealed class RecordingReporter : IStepReporter
{
    private readonly object _lock = new();
    private readonly List<string> _warnings = [];
    private readonly List<string> _details = [];
    private readonly List<(Exception Problem, string? Target)> _problems = [];
    private readonly List<StepProgress> _progress = [];

    public IReadOnlyList<string> Warnings => Locked(_warnings);

    /// <summary>What was said for those only who want to know more.</summary>
    public IReadOnlyList<string> Details => Locked(_details);

    public IReadOnlyList<(Exception Problem, string? Target)> Problems => Locked(_problems);

    public IReadOnlyList<StepProgress> AllProgress => Locked(_progress);

    public void Progress(StepProgress progress) => Add(_progress, progress);

    public void Warn(string message) => Add(_warnings, message);

    public void Verbose(string message) => Add(_details, message);

    public void Problem(Exception problem, string? target) => Add(_problems, (problem, target));

    private T[] Locked<T>(List<T> list)
    {
        lock (_lock)
        {
            return [.. list];
        }
    }

    private void Add<T>(List<T> list, T item)
    {
        lock (_lock)
        {
            list.Add(item);
        }
    }
}
