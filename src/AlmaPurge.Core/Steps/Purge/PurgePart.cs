using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Who of the patrons left a purge takes now: everybody, or with a split as many as today's calls surely suffice for, in
/// the order of the import; and the calls for it.
/// </summary>
internal sealed class PurgePart
{
    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly PurgeOptions _options;
    private readonly SecondLook _look;
    private readonly CallBudget _budget;
    private readonly IReadOnlyList<string> _all;

    private PurgePart(PurgeRun run, AlmaSession session, IStepReporter reporter, PurgeOptions options)
    {
        _run = run;
        _session = session;
        _options = options;
        _look = new SecondLook(run, session, reporter);
        _budget = new CallBudget(run, session, reporter, StepNames.Purge);
        _all = Deletions.Left(run);
        Ids = _all;
    }

    /// <summary>The patrons.</summary>
    public IReadOnlyList<string> Ids { get; private set; }

    /// <summary>Age up to which a look at a patron counts where it is not repeated before the purge.</summary>
    public TimeSpan LookAge => TakesAllAtOnce(_options) ? TimeSpan.Zero : _options.MaximumCheckAge;

    // Nobody is looked at again between the start and the patron's own turn, so everybody is looked at just before.
    public static bool TakesAllAtOnce(PurgeOptions options) => options.Route != AlmaPurgeRoute.UserDelete;

    /// <summary>Finds them. Nothing was looked at yet.</summary>
    /// <exception cref="AlmaPurgeException">Today's calls cannot suffice, with a split not even for one.</exception>
    public static async Task<PurgePart> FindAsync(
        PurgeRun run,
        AlmaSession session,
        IStepReporter reporter,
        PurgeOptions options,
        CancellationToken cancellationToken)
    {
        if (options.SplitByDay && TakesAllAtOnce(options))
        {
            throw RouteChoice.NotSplit(options.Route);
        }

        PurgePart part = new(run, session, reporter, options);
        await (options.SplitByDay ? part.SplitAsync(cancellationToken) : part.RequireAllAsync(cancellationToken)).ConfigureAwait(false);
        return part;
    }

    /// <summary>Calls of the purge of these patrons, once everybody was looked at.</summary>
    /// <param name="run">The run.</param>
    /// <param name="options">What the operator asks of the purge.</param>
    /// <param name="patrons">How many are purged now.</param>
    public static CallRange CallsToApply(PurgeRun run, PurgeOptions options, int patrons) =>
        Need(run, options, default, patrons, Deletions.Left(run).Count).Applying;

    private static StepNeed Need(PurgeRun run, PurgeOptions options, CallRange look, int patrons, int all)
    {
        bool hasGroup = run.Document.Mark!.PurgeGroup is not null;
        return TakesAllAtOnce(options)
            ? StepCalls.PurgeAtOnce(look, patrons, hasGroup, run.Criteria.FeeCheck)
            : StepCalls.PurgeOneByOne(look, patrons, all, hasGroup, run.Criteria.FeeCheck);
    }

    private Task RequireAllAsync(CancellationToken cancellationToken) =>
        _budget.RequireAsync(NeedFor(_all), cancellationToken);

    private async Task SplitAsync(CancellationToken cancellationToken)
    {
        CallForecast forecast = await _budget.ForecastAsync(NeedFor(_all).Total, cancellationToken).ConfigureAwait(false);
        if (forecast.Usable is not { } usable || !forecast.IsDoubtful)
        {
            return;
        }

        long forNobody = NeedFor([]).Total.Most;
        long room = usable - forNobody;
        Ids = [.. _all.TakeWhile(id => (room -= MostFor(id)) >= 0)];
        if (Ids.Count == 0)
        {
            throw _budget.TooFew(forecast with { Needed = CallRange.Exactly(forNobody + MostFor(_all[0])) });
        }
    }

    private long MostFor(string id) => NeedFor([id]).Total.Most - NeedFor([]).Total.Most;

    // A preview's set is not there, so nobody of it is looked at.
    private StepNeed NeedFor(IReadOnlyList<string> ids) => _run.Document.Set!.SetId.Length > 0
        ? Need(_run, _options, _look.CallsFor(ids, LookAge), ids.Count, _all.Count)
        : Need(_run, _options, default, ids.Count, _all.Count) with { Planning = default };
}
