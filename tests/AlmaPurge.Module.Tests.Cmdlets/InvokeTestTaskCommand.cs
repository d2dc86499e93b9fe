using System.Management.Automation;
using System.Runtime.CompilerServices;
using AlmaPurge.Core.Steps;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Module.Tests.Cmdlets;

/// <summary>Works once, after all input, as the cmdlets do that collect a whole set.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TestTask")]
public sealed class InvokeTestTaskCommand : AlmaAsyncCommand
{
    private int _count;

    [Parameter(ValueFromPipeline = true)]
    public int[] Number { get; set; } = [];

    [Parameter]
    public int Duration { get; set; }

    [Parameter]
    public Exception? Fail { get; set; }

    [Parameter]
    public Exception? Problem { get; set; }

    protected override void OnRecord() => _count += Number.Length;

    protected override void OnEnd()
    {
        int answer = Await(WorkAsync);
        WriteObject(answer);
        AwaitEach(StreamAsync);
    }

    private async Task<int> WorkAsync(IStepReporter reporter, CancellationToken stop)
    {
        StepLog.Enter();
        try
        {
            reporter.Verbose("at work");
            if (Problem is not null)
            {
                reporter.Problem(Problem, "P1");
            }

            for (int i = 0; i < Duration; i += 50)
            {
                reporter.Progress(new StepProgress("Working", "half asleep", i, Duration));
                await Task.Delay(50, stop);
            }

            return Fail is null ? _count : throw Fail;
        }
        finally
        {
            StepLog.Leave(stop.IsCancellationRequested ? "broken off" : "complete");
        }
    }

    private static async IAsyncEnumerable<string> StreamAsync(
        IStepReporter reporter, [EnumeratorCancellation] CancellationToken stop)
    {
        reporter.Warn("before");
        yield return "one";
        await Task.Yield();
        reporter.Warn("between");
        yield return "two";
    }
}
