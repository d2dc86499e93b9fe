using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Readiness;

/// <summary>Whether the calls that are left today are enough.</summary>
internal sealed class CallsCheck : ReadinessCheck
{
    public override string Name => "Calls";

    protected override string AskRemedy => "Give -CandidateCount; Get-AlmaConnection shows the calls that are left today.";

    protected override Task<AlmaReadinessCheck> CheckAsync(ReadinessContext context, CancellationToken cancellationToken) =>
        Task.FromResult(Check(context));

    private AlmaReadinessCheck Check(ReadinessContext context)
    {
        if (context.Options.CandidateCount is not { } count)
        {
            return Ask("How many patrons there are was not told.");
        }

        CallForecast forecast = CallForecast.Of(
            context.Session.Connection, StepCalls.WholePurge(count, context.Options.Route));
        if (forecast.Usable is not { } usable)
        {
            return Ask("Alma does not tell how many calls are left today.");
        }

        string detail = FormattableString.Invariant($"{count} patrons take {forecast.Needed} calls; {usable} may be used today.");
        return forecast.IsDoubtful
            ? Fail(detail, "Purge fewer at a time, begin after midnight GMT, when the count begins anew, or spread check and deletions over several days with -SplitByDay.")
            : forecast.Needed.Most > usable / 2
                ? Warn(detail, "Other programs of the institution need calls too: begin after midnight GMT, or purge fewer at a time.")
                : Pass(detail);
    }
}
