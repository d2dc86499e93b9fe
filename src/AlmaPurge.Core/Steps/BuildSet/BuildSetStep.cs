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

    /// <summary>Says what would be built. Reads only.</summary>
    /// <param name="arrived">Ids that came down the pipeline; null for all of the run who remain.</param>
    /// <param name="options">What the operator asks of the set.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <exception cref="AlmaPurgeException">Nobody left, too many, somebody not of this run, or a set is there already.</exception>
    public async Task<BuildSetPlan> PlanAsync(
        IReadOnlyCollection<string>? arrived,
        BuildSetOptions options,
        CancellationToken cancellationToken)
    {
        RequireReady(arrived);
        await RunBinding.BindAsync(_run, _session, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> before = _run.Patrons.RemainingIds();
        IReadOnlyList<string> here = arrived is null ? before : Arrived(arrived, before);
        await new CheckStep(_run, _session, _reporter)
            .RefreshAsync(here, options.MaximumCheckAge, cancellationToken)
            .ConfigureAwait(false);

        List<string> members = [.. here.Where(_run.Patrons.IsRemaining)];
        RequireCount(members.Count, options.MaximumCount);
        string name = options.Name ?? $"AlmaPurge {_run.RunId}";
        await RequireFreeNameAsync(name, cancellationToken).ConfigureAwait(false);
        HashSet<string> passedOn = new(here, StringComparer.OrdinalIgnoreCase);
        return new BuildSetPlan(
            _run,
            _session,
            name,
            options.Description ?? DefaultDescription(),
            members,
            [.. before.Where(id => !passedOn.Contains(id))],
            options.MaximumCount);
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
        using StepScope scope = _run.BeginStep(StepNames.BuildSet);
        ExcludeNotPassedOn(_run, plan);
        _run.Update(d => d with { MaximumCount = plan.MaximumCount });
        _run.Flush();
        SetWriter writer = new(_run, _session, _session.GetWriter(approval), StepNames.BuildSet);
        AlmaSetRecord set = await writer
            .CreateAsync(plan.Name, plan.SetDescription, cancellationToken)
            .ConfigureAwait(false);
        await AddAsync(writer, set.Id, plan.MemberIds, cancellationToken).ConfigureAwait(false);
        int count = await ReadBackAsync(set, plan.MemberIds, cancellationToken).ConfigureAwait(false);
        _run.Update(d => d with { Set = new SetEntry(set.Id, plan.Name, count, _session.Time.GetUtcNow()) });
        scope.Complete();
        return new AlmaUserSet(_run, set.Id, plan.Name, count);
    }

    private void RequireReady(IReadOnlyCollection<string>? arrived)
    {
        if (_run.Document.Set is { } set)
        {
            throw Stop(
                "SetAlreadyBuilt",
                AlmaPurgeErrorKind.InvalidOperation,
                $"The run {_run.RunId} already has the set '{set.Name}' ({set.SetId}).",
                "Pipe the run to Set-AlmaPurgeDate, or start a new run.");
        }

        if (arrived is null && _run.UnfinishedSteps.FirstOrDefault(s => s is StepNames.Import or StepNames.Subtract) is { } step)
        {
            throw Stop(
                "RunPartial",
                AlmaPurgeErrorKind.InvalidOperation,
                $"The step {step} of the run {_run.RunId} began and never ended, so some who must stay may still be in it.",
                $"Repeat the step {step}, or start a new run.");
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

    private static async Task AddAsync(
        SetWriter writer,
        string setId,
        IReadOnlyList<string> ids,
        CancellationToken cancellationToken)
    {
        foreach (string[] chunk in ids.Chunk(BuildSetPlan.MembersPerCall))
        {
            await writer.AddAsync(setId, chunk, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<int> ReadBackAsync(
        AlmaSetRecord set,
        IReadOnlyList<string> expected,
        CancellationToken cancellationToken)
    {
        HashSet<string> members = await SetReading
            .MembersAsync(_session.Reader, set.Id, cancellationToken)
            .ConfigureAwait(false);
        foreach (string id in expected.Where(id => _run.Patrons.IsRemaining(id) && !members.Contains(id)))
        {
            _run.Patrons.Exclude(id, StepNames.BuildSet, CheckFailedRule.RuleName, "Alma did not take the id into the set");
            _reporter.Warn($"Alma did not take '{id}' into the set; the patron is kept.");
        }

        SetReading.RequireNobodyElse(members, _run, set.Name);
        RequireCount(_run.Patrons.RemainingCount, _run.Document.MaximumCount ?? BuildSetOptions.DefaultMaximumCount);
        return members.Count;
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
