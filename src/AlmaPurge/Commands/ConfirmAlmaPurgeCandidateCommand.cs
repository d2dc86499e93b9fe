using System.Management.Automation;
using System.Runtime.CompilerServices;
using AlmaPurge.Arguments;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Guards;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsLifecycle.Confirm, "AlmaPurgeCandidate", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AlmaPurgeCandidate))]
public sealed class ConfirmAlmaPurgeCandidateCommand : AlmaStreamCommand<AlmaPurgeCandidate, AlmaPurgeCandidate>, ITakesBlocks
{
    private RunInputs _inputs = null!;
    private CallForecast? _forecast;
    private bool _isDeclined;
    private int _passed;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [StepInput(typeof(AlmaPurgeCandidate), typeof(AlmaPurgeRun))]
    public object[] InputObject { get; set; } = [];

    [Parameter]
    public SwitchParameter SplitByDay { get; set; }

    protected override void OnBegin() => _inputs = new RunInputs(IsWhatIf, RequireWanted);

    protected override IEnumerable<AlmaPurgeCandidate> ReadRecord() => CandidateInput.Read(InputObject, _inputs);

    protected override IAsyncEnumerable<AlmaPurgeCandidate> Transform(
        IAsyncEnumerable<AlmaPurgeCandidate> input,
        IStepReporter reporter,
        CancellationToken stop)
    {
        PurgeRun run = _inputs.Run!;
        AlmaSession session = GetSession();
        CheckStep step = new(run, session, reporter);
        _forecast = step.Forecast(SplitByDay.IsPresent);
        string what = $"Check each patron of the run {run.RunId} live in {session.Connection} (GET requests only). {_forecast}";
        _isDeclined = !run.IsPreview && !Approval.AskLocal(this, what, run.RunId);
        return _isDeclined
            ? CandidateInput.Nobody(input)
            : CountAsync(step.RunAsync(input, SplitByDay.IsPresent, stop), stop);
    }

    protected override void OnFinished()
    {
        if (_inputs.Run is { IsPreview: true } run)
        {
            int kept = run.Patrons.Exclusions().Count(e => e.Step == StepNames.Check);
            Approval.Describe(this, FormattableString.Invariant(
                $"{_passed} patrons pass the live check, {kept} stay (Get-AlmaPurgeExclusion {run.RunId}). Only GET requests were sent. {_forecast}"));
        }
    }

    private async IAsyncEnumerable<AlmaPurgeCandidate> CountAsync(
        IAsyncEnumerable<AlmaPurgeCandidate> passed,
        [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (AlmaPurgeCandidate candidate in passed.WithCancellation(stop).ConfigureAwait(false))
        {
            _passed++;
            yield return candidate;
        }
    }
}
