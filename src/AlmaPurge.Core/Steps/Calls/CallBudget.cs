using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Keeps a step from beginning what the calls of the day cannot bring to its end. Only what cannot be finished in any case
/// is refused; what might not be finished is warned of, since a step that is cut short goes on when it is repeated.
/// </summary>
internal sealed class CallBudget
{
    // One call to know the number as it is now is nothing beside so many.
    private const int Many = 100;

    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly IStepReporter _reporter;
    private readonly string _step;

    public CallBudget(PurgeRun run, AlmaSession session, IStepReporter reporter, string step)
    {
        _run = run;
        _session = session;
        _reporter = reporter;
        _step = step;
    }

    /// <summary>Stops unless the step can be brought to its end; a preview only has to come to its plan.</summary>
    /// <exception cref="AlmaPurgeException">Even the least that it needs is more than may be used today.</exception>
    public async Task RequireAsync(StepNeed need, CancellationToken cancellationToken)
    {
        CallForecast all = await ForecastAsync(need.Total, cancellationToken).ConfigureAwait(false);
        Require(all, _run.IsPreview ? all with { Needed = need.Planning } : all);
    }

    /// <summary>Stops unless so many calls can be made.</summary>
    /// <exception cref="AlmaPurgeException">Even the least is more than may be used today.</exception>
    public async Task RequireAsync(CallRange needed, CancellationToken cancellationToken) =>
        Require(await ForecastAsync(needed, cancellationToken).ConfigureAwait(false));

    /// <summary>Stops if the least does not fit, warns if the most does not.</summary>
    /// <exception cref="AlmaPurgeException">Even the least is more than may be used today.</exception>
    public void Require(CallForecast forecast) => Require(forecast, forecast);

    /// <summary>Holds a need against the calls of today. Where much hangs on the number, Alma is asked for it anew.</summary>
    public async Task<CallForecast> ForecastAsync(CallRange needed, CancellationToken cancellationToken)
    {
        CallForecast known = CallForecast.Of(_session.Connection, needed);
        if (known.Left is not null && !known.IsDoubtful && needed.Most <= Many)
        {
            return known;
        }

        await AskAsync(cancellationToken).ConfigureAwait(false);
        return CallForecast.Of(_session.Connection, needed);
    }

    /// <summary>The refusal of what cannot be finished, or not even begun.</summary>
    public AlmaPurgeException TooFew(CallForecast forecast) => new(
        "NotEnoughCallsLeft",
        AlmaPurgeErrorKind.LimitExceeded,
        $"{Cmdlet} needs {(forecast.Needed.Least == forecast.Needed.Most ? "" : "at least ")}{forecast.Needed.Least} API calls for the run {_run.RunId}, and {forecast.LeftInWords()}. Nothing was begun.",
        NextStep(),
        _run.RunId);

    /// <summary>The end of a day's part: what is done is done, and the rest waits.</summary>
    /// <param name="done">What was done, a whole sentence without its end.</param>
    /// <param name="waiting">How many patrons wait.</param>
    public AlmaPurgeException GoesOn(string done, int waiting) => new(
        "NotFinishedToday",
        AlmaPurgeErrorKind.LimitExceeded,
        FormattableString.Invariant($"{done}; {waiting} patron(s) of the run {_run.RunId} wait, since {CallForecast.Of(_session.Connection, default).LeftInWords()}."),
        $"After midnight UTC the count begins anew: Get-AlmaPurgeRun {_run.RunId} | {Cmdlet} -SplitByDay goes on with them.",
        _run.RunId);

    private string Cmdlet => StepNames.CmdletOf(_step);

    private string NextStep()
    {
        string begin = $"Repeat it after midnight UTC, when the count begins anew: the run {_run.RunId} waits.";
        string split = _step switch
        {
            StepNames.Check or StepNames.Verify or StepNames.Undo => $" Or give -SplitByDay to do each day what fits.",
            StepNames.Purge => " Or, with -Route UserDelete, give -SplitByDay to do each day what fits.",
            StepNames.BuildSet or StepNames.Export or StepNames.Mark =>
                " It checks whoever has no fresh check: hand on fewer patrons (Select-Object -First), the others stay for another run.",
            _ => "",
        };
        string floor = _session.Connection.DailyCallFloor > 0 ? " Or connect with a lower -DailyCallFloor." : "";
        return begin + split + floor + " The day's calls are a matter of the institution's contract with Ex Libris.";
    }

    private void Require(CallForecast all, CallForecast certain)
    {
        _reporter.Verbose($"{Cmdlet} needs {all.Needed} calls; {all.LeftInWords()}.");
        if (certain.IsTooMuch)
        {
            throw TooFew(certain);
        }

        if (all.IsDoubtful)
        {
            _reporter.Warn($"{Cmdlet} needs {all.Needed} API calls, and {all.LeftInWords()}: they may not suffice. It would stop then, and go on where it stopped when it is repeated another day.");
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _session.Reader.GetGeneralConfigurationAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AlmaApiException e) when (e.Kind == AlmaErrorKind.DailyLimit && _session.Connection.CallsLeftToday is not null)
        {
            // The number is known all the same, and is too low for anything.
            _reporter.Verbose(e.Message);
        }
    }
}
