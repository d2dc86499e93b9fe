using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Whose marking an undo takes back now: everybody's, or with a split that of as many as today's calls surely suffice for,
/// in the order of the import.
/// </summary>
/// <param name="Ids">The patrons.</param>
/// <param name="Done">Patrons whom earlier days have dealt with.</param>
/// <param name="WaitingCount">Patrons who wait for another day's calls.</param>
internal sealed record UndoPart(IReadOnlyList<string> Ids, int Done, int WaitingCount)
{
    /// <summary>Finds them. Nobody was looked at yet.</summary>
    /// <exception cref="AlmaPurgeException">Today's calls cannot suffice, with a split not even for one.</exception>
    public static async Task<UndoPart> FindAsync(
        PurgeRun run,
        AlmaSession session,
        IStepReporter reporter,
        bool splitByDay,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<string> all = UndoReading.Everybody(run);
        CallBudget budget = new(run, session, reporter, StepNames.Undo);
        if (!splitByDay)
        {
            await budget.RequireAsync(StepCalls.Undo(all.Count), cancellationToken).ConfigureAwait(false);
            return new UndoPart(all, 0, 0);
        }

        int done = run.Document.Undoing?.Done ?? 0;
        CallForecast forecast = await budget
            .ForecastAsync(StepCalls.Undo(all.Count - done).Total, cancellationToken)
            .ConfigureAwait(false);
        int count = all.Count - done;
        if (forecast.Usable is { } usable && forecast.IsDoubtful)
        {
            long forNobody = StepCalls.Undo(0).Total.Most;
            long forOne = StepCalls.Undo(1).Total.Most - forNobody;
            count = (int)Math.Min(count, (usable - forNobody) / forOne);
            if (count <= 0)
            {
                throw budget.TooFew(forecast with { Needed = CallRange.Exactly(forNobody + forOne) });
            }
        }

        return new UndoPart([.. all.Skip(done).Take(count)], done, all.Count - done - count);
    }

    /// <summary>Takes down that these were dealt with.</summary>
    /// <param name="run">The run.</param>
    /// <param name="hasFailures">Whether somebody among them could not be given back group and purge date.</param>
    /// <param name="now">The moment.</param>
    /// <returns>Whether the undo has come to its end, with nobody left who could not.</returns>
    public bool Record(PurgeRun run, bool hasFailures, DateTimeOffset now)
    {
        hasFailures |= run.Document.Undoing?.HasFailures == true && Done > 0;
        if (WaitingCount > 0)
        {
            run.Update(d => d with { Undoing = new UndoProgress(Done + Ids.Count, hasFailures) });
            return false;
        }

        // With failures the next undo begins with the first patron again; those who have it all back cost one call each.
        // What was verified before is no longer what is there.
        run.Update(d => hasFailures
            ? d with { Undoing = null }
            : d with
            {
                Undoing = null,
                UndoneAt = now,
                VerifiedAt = d.Purge is null ? d.VerifiedAt : null,
                VerifySince = null,
                StillMarkedCount = 0,
            });
        return !hasFailures;
    }
}
