using System.Globalization;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Builds the itemized set of a run in Alma: whoever was imported, is not excluded and arrived. Everybody in it has a
/// live check; who has none is checked here. Or takes up a set that staff have built by hand, if it holds exactly them.
/// </summary>
public sealed class BuildSetStep
{
    private const string Where = "the set is built";

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
    /// Says what would be built or taken up. Reads only. A set that was built before is the plan of a run that comes by
    /// again, and one that was left half-built is taken up.
    /// </summary>
    /// <param name="arrived">Ids that came down the pipeline; null for all of the run who remain.</param>
    /// <param name="options">What the operator asks of the set.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <exception cref="AlmaPurgeException">
    /// Nobody left, too many, somebody not of this run or of none of its reviews, another set is there already, or the
    /// one built by hand is not the run's, id by id.
    /// </exception>
    public async Task<BuildSetPlan> PlanAsync(
        IReadOnlyCollection<string>? arrived,
        BuildSetOptions options,
        CancellationToken cancellationToken)
    {
        RequireReady(arrived, options);
        await RunBinding.BindAsync(_run, _session, cancellationToken).ConfigureAwait(false);
        await new LostOutcomes(_run, _session, _reporter).SettleAsync(cancellationToken).ConfigureAwait(false);
        int ceiling = PatronsToGo.CeilingOf(_run, options.MaximumCount);
        if (_run.Document.Set is { } built)
        {
            return new BuildSetPlan(
                _run, _session, built.Name, "", new GoingPatrons(_run.Patrons.RemainingIds(), []), ceiling);
        }

        GoingPatrons going = await Patrons()
            .FindAsync(arrived, ceiling, options.MaximumCheckAge, cancellationToken)
            .ConfigureAwait(false);
        HalfBuiltSet? existing = await FindExistingAsync(options, cancellationToken).ConfigureAwait(false);
        HandBuiltSet? handBuilt = options.Existing is { } named
            ? await HandBuiltSets().RequireAsync(named, going.Ids, cancellationToken).ConfigureAwait(false)
            : null;
        string name = handBuilt?.Name ?? existing?.Name ?? options.Name ?? SetNames.Default(_run);
        if (existing is null && handBuilt is null)
        {
            await RequireFreeNameAsync(name, cancellationToken).ConfigureAwait(false);
        }

        return new BuildSetPlan(_run, _session, name, options.Description ?? DefaultDescription(), going, ceiling)
        {
            Existing = existing,
            HandBuilt = handBuilt,
            CallsNeeded = StepCalls.BuildSet(0, going.Ids.Count, _run.Criteria.FeeCheck).Applying,
        };
    }

    /// <summary>Takes a plan as done in a preview: nothing is sent, the counts are real.</summary>
    public AlmaUserSet Preview(BuildSetPlan plan)
    {
        PurgeRun preview = plan.Run.ToPreview();
        PatronsToGo.ExcludeNotPassedOn(preview, plan.NotPassedOn, StepNames.BuildSet, Where);
        preview.Update(d => d with
        {
            MaximumCount = plan.MaximumCount,
            Set = new SetEntry("", plan.Name, plan.MemberIds.Count, _session.Time.GetUtcNow()),
        });
        return new AlmaUserSet(preview, null, plan.Name, plan.MemberIds.Count);
    }

    /// <summary>Builds the set and reads it back, or takes up the one that is there.</summary>
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
        PatronsToGo.ExcludeNotPassedOn(_run, plan.NotPassedOn, StepNames.BuildSet, Where);
        _run.Update(d => d with { MaximumCount = plan.MaximumCount });
        _run.Flush();
        SetEntry entry = plan.HandBuilt is { } handBuilt
            ? await HandBuiltSets().TakeUpAsync(handBuilt, plan.MemberIds, cancellationToken).ConfigureAwait(false)
            : await BuildAsync(plan, almaWriter, cancellationToken).ConfigureAwait(false);
        Patrons().RequireCount(_run.Patrons.RemainingCount, plan.MaximumCount);
        _run.Update(d => d with { Set = entry });
        scope.Complete();
        return ToModel(_run);
    }

    /// <summary>What users see of the set that a run has built.</summary>
    public static AlmaUserSet ToModel(PurgeRun run)
    {
        SetEntry set = run.Document.Set!;
        return new AlmaUserSet(run, set.SetId.Length == 0 ? null : set.SetId, set.Name, set.Count);
    }

    private async Task<SetEntry> BuildAsync(
        BuildSetPlan plan,
        IAlmaWriter almaWriter,
        CancellationToken cancellationToken)
    {
        SetWriter writer = new(_run, _session, almaWriter, StepNames.BuildSet);
        HalfBuiltSet set = plan.Existing
            ?? await CreateAsync(writer, plan, cancellationToken).ConfigureAwait(false);
        int count = await new SetFilling(_run, _session, writer, _reporter)
            .FillAsync(set, isNew: plan.Existing is null, plan.MemberIds, cancellationToken)
            .ConfigureAwait(false);
        return new SetEntry(set.SetId, set.Name, count, _session.Time.GetUtcNow());
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

        if ((options.Existing ?? options.Name) is { } name && !PatronIdentity.Same(name, existing.Name))
        {
            throw Stop(
                "SetNameDiffers",
                AlmaPurgeErrorKind.InvalidArgument,
                $"The run {_run.RunId} has begun the set '{existing.Name}' ({existing.SetId}), not '{name}'.",
                "Leave -Name and -Existing out to go on with it.");
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

        PatronsToGo.RequireWhole(_run, arrived);
    }

    private void RequireSameSet(SetEntry set, IReadOnlyCollection<string>? arrived, BuildSetOptions options)
    {
        HashSet<string>? here = arrived is null
            ? null
            : new HashSet<string>(arrived.Select(id => id.Trim()), StringComparer.OrdinalIgnoreCase);
        bool isSame = (options.Name is null || PatronIdentity.Same(options.Name, set.Name))
            && (options.Existing is null
                || PatronIdentity.Same(options.Existing, set.Name)
                || PatronIdentity.Same(options.Existing, set.SetId))
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

    private async Task RequireFreeNameAsync(string name, CancellationToken cancellationToken)
    {
        await foreach (AlmaSetRecord set in _session.Reader.FindSetsAsync(name, cancellationToken).ConfigureAwait(false))
        {
            throw Stop(
                "SetNameTaken",
                AlmaPurgeErrorKind.Conflict,
                $"Alma already has a user set named '{name}' ({set.Id}).",
                "Give another -Name; or, if it was built by hand for this run, take it up with -Existing.");
        }
    }

    private PatronsToGo Patrons() => new(_run, _session, _reporter, StepNames.BuildSet);

    private HandBuiltSets HandBuiltSets() => new(_run, _session);

    private string DefaultDescription() => string.Create(
        CultureInfo.InvariantCulture,
        $"Patrons of {_run.Criteria.UserGroupCode ?? _run.Criteria.UserGroup} expired before {_run.Criteria.ExpiredBefore:yyyy-MM-dd}, to be purged.");

    private AlmaPurgeException Stop(string id, AlmaPurgeErrorKind kind, string message, string nextStep) =>
        new(id, kind, message, nextStep, _run.RunId);
}
