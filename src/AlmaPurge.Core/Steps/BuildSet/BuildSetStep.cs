using System.Globalization;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Builds the itemized set of a run in Alma: whoever was imported, is not excluded and arrived. Everybody in it has a
/// live check; who has none is checked here.
/// </summary>
public sealed class BuildSetStep
{
    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly IStepReporter _reporter;

    /// <summary>Makes the step.</summary>
    public BuildSetStep(PurgeRun run, AlmaSession session, IStepReporter reporter)
    {
        _run = run;
        _session = session;
        _reporter = reporter;
    }

    /// <summary>
    /// Says what would be built. Reads only. A set that was built before is the plan of a run that comes by again, and
    /// one that was left half-built is taken up.
    /// </summary>
    /// <param name="arrived">Ids that came down the pipeline; null for all of the run who remain.</param>
    /// <param name="options">What the operator asks of the set.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <exception cref="AlmaPurgeException">
    /// Nobody left, too many, somebody not of this run or of none of its reviews, or another set is there already.
    /// </exception>
    public async Task<BuildSetPlan> PlanAsync(
        IReadOnlyCollection<string>? arrived,
        BuildSetOptions options,
        CancellationToken cancellationToken)
    {
        RequireReady(arrived, options);
        await RunBinding.BindAsync(_run, _session, cancellationToken).ConfigureAwait(false);
        await new LostOutcomes(_run, _session, _reporter).SettleAsync(cancellationToken).ConfigureAwait(false);
        if (_run.Document.Set is { } built)
        {
            return new BuildSetPlan(
                _run, _session, built.Name, "", _run.Patrons.RemainingIds(), [], options.MaximumCount);
        }

        CheckStep check = new(_run, _session, _reporter);
        await check.RecheckAsync(arrived ?? [], cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> before = _run.Patrons.RemainingIds();
        IReadOnlyList<string> here = arrived is null ? before : Arrived(arrived, before);
        await check.RefreshAsync(here, options.MaximumCheckAge, cancellationToken).ConfigureAwait(false);
        List<string> members = [.. here.Where(_run.Patrons.IsRemaining)];
        ReviewedPatrons.Require(_run, members);
        RequireCount(members.Count, options.MaximumCount);
        HalfBuiltSet? existing = await FindExistingAsync(options, cancellationToken).ConfigureAwait(false);
        string name = existing?.Name ?? options.Name ?? $"AlmaPurge {_run.RunId}";
        if (existing is null)
        {
            await RequireFreeNameAsync(name, cancellationToken).ConfigureAwait(false);
        }

        HashSet<string> passedOn = new(here, StringComparer.OrdinalIgnoreCase);
        return new BuildSetPlan(
            _run,
            _session,
            name,
            options.Description ?? DefaultDescription(),
            members,
            [.. before.Where(id => !passedOn.Contains(id))],
            options.MaximumCount)
        {
            Existing = existing,
        };
    }

    /// <summary>Takes a plan as done in a preview: nothing is sent, the counts are real.</summary>
    public AlmaUserSet Preview(BuildSetPlan plan)
    {
        PurgeRun preview = plan.Run.ToPreview();
        ExcludeNotPassedOn(preview, plan);
        preview.Update(d => d with
        {
            MaximumCount = plan.MaximumCount,
            Set = new SetEntry("", plan.Name, plan.MemberIds.Count, _session.Time.GetUtcNow()),
        });
        return new AlmaUserSet(preview, null, plan.Name, plan.MemberIds.Count);
    }

    /// <summary>Builds the set and reads it back.</summary>
    /// <exception cref="AlmaPurgeException">The set does not hold what it must; nothing was marked.</exception>
    public async Task<AlmaUserSet> ApplyAsync(
        BuildSetPlan plan,
        WriteApproval approval,
        CancellationToken cancellationToken)
    {
        if (plan.IsDone)
        {
            return ToModel(_run);
        }

        using StepScope scope = _run.BeginStep(StepNames.BuildSet);
        IAlmaWriter almaWriter =
            await RunBinding.GetWriterAsync(_run, _session, approval, cancellationToken).ConfigureAwait(false);
        ExcludeNotPassedOn(_run, plan);
        _run.Update(d => d with { MaximumCount = plan.MaximumCount });
        _run.Flush();
        SetWriter writer = new(_run, _session, almaWriter, StepNames.BuildSet);
        HalfBuiltSet set = plan.Existing
            ?? await CreateAsync(writer, plan, cancellationToken).ConfigureAwait(false);
        int count = await new SetFilling(_run, _session, writer, _reporter)
            .FillAsync(set, isNew: plan.Existing is null, plan.MemberIds, cancellationToken)
            .ConfigureAwait(false);
        RequireCount(_run.Patrons.RemainingCount, plan.MaximumCount);
        _run.Update(d => d with { Set = new SetEntry(set.SetId, set.Name, count, _session.Time.GetUtcNow()) });
        scope.Complete();
        return ToModel(_run);
    }

    /// <summary>What users see of the set that a run has built.</summary>
    public static AlmaUserSet ToModel(PurgeRun run)
    {
        SetEntry set = run.Document.Set!;
        return new AlmaUserSet(run, set.SetId.Length == 0 ? null : set.SetId, set.Name, set.Count);
    }

    private static async Task<HalfBuiltSet> CreateAsync(
        SetWriter writer,
        BuildSetPlan plan,
        CancellationToken cancellationToken)
    {
        AlmaSetRecord set = await writer
            .CreateAsync(plan.Name, plan.SetDescription, cancellationToken)
            .ConfigureAwait(false);
        return new HalfBuiltSet(set.Id, plan.Name);
    }

    private async Task<HalfBuiltSet?> FindExistingAsync(BuildSetOptions options, CancellationToken cancellationToken)
    {
        if (HalfBuiltSet.Of(_run) is not { } existing)
        {
            return null;
        }

        if (options.Name is { } name && !PatronIdentity.Same(name, existing.Name))
        {
            throw Stop(
                "SetNameDiffers",
                AlmaPurgeErrorKind.InvalidArgument,
                $"The run {_run.RunId} has begun the set '{existing.Name}' ({existing.SetId}), not '{name}'.",
                "Leave -Name out to go on with it.");
        }

        return await SetReading.ExistsAsync(_session.Reader, existing.SetId, cancellationToken).ConfigureAwait(false)
            ? existing
            : throw Stop(
                "SetGone",
                AlmaPurgeErrorKind.Conflict,
                $"The set '{existing.Name}' ({existing.SetId}) that the run {_run.RunId} began is gone from Alma.",
                "Find out who deleted it; then start a new run.");
    }

    private void RequireReady(IReadOnlyCollection<string>? arrived, BuildSetOptions options)
    {
        if (_run.Document.Set is { } set)
        {
            RequireSameSet(set, arrived, options);
            return;
        }

        if (arrived is null && _run.UnfinishedSteps.FirstOrDefault(s => s is StepNames.Import or StepNames.Subtract or StepNames.Review) is { } step)
        {
            throw Stop(
                "RunPartial",
                AlmaPurgeErrorKind.InvalidOperation,
                $"The step {step} of the run {_run.RunId} began and never ended, so some who must stay may still be in it.",
                $"Repeat the step {step}, or start a new run.");
        }
    }

    private void RequireSameSet(SetEntry set, IReadOnlyCollection<string>? arrived, BuildSetOptions options)
    {
        HashSet<string>? here = arrived is null
            ? null
            : new HashSet<string>(arrived.Select(id => id.Trim()), StringComparer.OrdinalIgnoreCase);
        bool isSame = (options.Name is null || PatronIdentity.Same(options.Name, set.Name))
            && (here is null || (here.SetEquals(_run.Patrons.RemainingIds())));
        if (!isSame)
        {
            throw Stop(
                "SetAlreadyBuilt",
                AlmaPurgeErrorKind.InvalidOperation,
                $"The run {_run.RunId} already has the set '{set.Name}' ({set.SetId}), of another name or of others than those who arrived.",
                "Pipe the run to Set-AlmaPurgeDate, or start a new run.");
        }
    }

    private IReadOnlyList<string> Arrived(IReadOnlyCollection<string> arrived, IReadOnlyList<string> remaining)
    {
        if (arrived.FirstOrDefault(id => !_run.Patrons.IsCandidate(id)) is { } stranger)
        {
            throw new AlmaPurgeException(
                "CandidateOfOtherRun",
                AlmaPurgeErrorKind.SafetyStop,
                $"'{stranger}' was never imported into the run {_run.RunId}.",
                "Import everybody of one purge with one Import-AlmaPurgeCandidate.",
                stranger);
        }

        HashSet<string> here = new(arrived.Select(id => id.Trim()), StringComparer.OrdinalIgnoreCase);
        return [.. remaining.Where(here.Contains)];
    }

    private void RequireCount(int count, int maximum)
    {
        if (count == 0)
        {
            throw Stop(
                "NobodyLeft",
                AlmaPurgeErrorKind.InvalidOperation,
                FormattableString.Invariant($"Nobody of the {_run.Patrons.Count} patrons of the run {_run.RunId} may be purged."),
                "Get-AlmaPurgeExclusion tells why each of them stays.");
        }

        if (count > maximum)
        {
            throw Stop(
                "MoreThanMaximumCount",
                AlmaPurgeErrorKind.LimitExceeded,
                FormattableString.Invariant($"{count} patrons would be purged, but -MaximumCount is {maximum}. Nothing was written to Alma."),
                FormattableString.Invariant($"If {count} is what you expect, give -MaximumCount {count}."));
        }
    }

    private async Task RequireFreeNameAsync(string name, CancellationToken cancellationToken)
    {
        await foreach (AlmaSetRecord set in _session.Reader.FindSetsAsync(name, cancellationToken).ConfigureAwait(false))
        {
            throw Stop(
                "SetNameTaken",
                AlmaPurgeErrorKind.Conflict,
                $"Alma already has a user set named '{name}' ({set.Id}).",
                "Give another -Name.");
        }
    }

    private static void ExcludeNotPassedOn(PurgeRun run, BuildSetPlan plan)
    {
        foreach (string id in plan.NotPassedOn)
        {
            run.Patrons.Exclude(
                id,
                StepNames.BuildSet,
                NotPassedOnRule.RuleName,
                "was imported, but did not arrive where the set is built");
        }
    }

    private string DefaultDescription() => string.Create(
        CultureInfo.InvariantCulture,
        $"Patrons of {_run.Criteria.UserGroupCode ?? _run.Criteria.UserGroup} expired before {_run.Criteria.ExpiredBefore:yyyy-MM-dd}, to be purged.");

    private AlmaPurgeException Stop(string id, AlmaPurgeErrorKind kind, string message, string nextStep) =>
        new(id, kind, message, nextStep, _run.RunId);
}
