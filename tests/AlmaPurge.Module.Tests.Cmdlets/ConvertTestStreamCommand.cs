using System.Management.Automation;
using System.Runtime.CompilerServices;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Steps;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Module.Tests.Cmdlets;

/// <summary>Doubles numbers, many at a time and in their order; can be told to misbehave.</summary>
[Cmdlet(VerbsData.Convert, "TestStream", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
public sealed class ConvertTestStreamCommand : AlmaStreamCommand<int, int>
{
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public int[] Number { get; set; } = [];

    [Parameter]
    public int Delay { get; set; } = -1;

    [Parameter]
    public int InFlight { get; set; } = 64;

    [Parameter]
    public int WarnAt { get; set; } = -1;

    [Parameter]
    public int ProblemAt { get; set; } = -1;

    [Parameter]
    public int FailAt { get; set; } = -1;

    [Parameter]
    public int EndAt { get; set; } = -1;

    [Parameter]
    public int CleanUpTime { get; set; }

    protected override IEnumerable<int> ReadRecord() => Number;

    protected override async IAsyncEnumerable<int> Transform(
        IAsyncEnumerable<int> input, IStepReporter reporter, [EnumeratorCancellation] CancellationToken stop)
    {
        StepLog.Enter();
        string end = "broken off";
        try
        {
            int done = 0;
            Queue<Task<int>> inFlight = new();
            await foreach (int number in input)
            {
                if (number == EndAt)
                {
                    yield break;
                }

                inFlight.Enqueue(WorkAsync(number, reporter, stop));
                if (inFlight.Count >= InFlight)
                {
                    yield return await inFlight.Dequeue();
                    reporter.Progress(new StepProgress("Converting", string.Empty, ++done, 100));
                }
            }

            while (inFlight.TryDequeue(out Task<int>? work))
            {
                yield return await work;
                reporter.Progress(new StepProgress("Converting", string.Empty, ++done, 100));
            }

            end = "complete";
        }
        finally
        {
            await Task.Delay(CleanUpTime, CancellationToken.None);
            StepLog.Leave(end);
        }
    }

    private async Task<int> WorkAsync(int number, IStepReporter reporter, CancellationToken stop)
    {
        if (Delay >= 0)
        {
            // The later ones are done first, so that only the queue keeps the order.
            await Task.Delay(Delay == 0 ? 0 : Delay * (1 + ((number * 7) % 5)), stop);
        }

        if (number == FailAt)
        {
            throw new AlmaApiException(AlmaErrorKind.Connection, $"No answer for {number}.");
        }

        if (number == WarnAt)
        {
            reporter.Warn($"Look at {number}.");
        }

        if (number == ProblemAt)
        {
            reporter.Problem(new TimeoutException($"Too late for {number}."), $"P{number}");
        }

        return number * 2;
    }
}
