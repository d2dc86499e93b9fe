using AlmaPurge.Core.Steps;

namespace AlmaPurge.Pipeline;

/// <summary>Takes a step's words from any thread to the pipeline thread, in order with its output.</summary>
internal sealed class QueueReporter : IStepReporter
{
    private readonly PipelineQueue _queue;

    public QueueReporter(PipelineQueue queue) => _queue = queue;

    public void Progress(StepProgress progress) => _queue.PostProgress(progress);

    public void Warn(string message) => _queue.Post(new(MessageKind.Warning, message));

    public void Verbose(string message) => _queue.Post(new(MessageKind.Verbose, message));

    public void Problem(Exception problem, string? target) =>
        _queue.Post(new(MessageKind.Problem, problem, target));
}
