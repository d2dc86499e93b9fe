using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Readiness;

/// <summary>Whether the job that marks is there under its id.</summary>
internal sealed class MarkingJobCheck : ReadinessCheck
{
    public override string Name => "MarkingJob";

    protected override string AskRemedy => "Look under Admin > Run a job whether 'Update/Notify Users' is offered.";

    protected override async Task<AlmaReadinessCheck> CheckAsync(ReadinessContext context, CancellationToken cancellationToken)
    {
        AlmaJobDefinition job;
        try
        {
            job = await context.Reader.GetJobAsync(UpdateUsersJob.JobId, cancellationToken).ConfigureAwait(false);
        }
        catch (AlmaApiException e) when (e.Kind is AlmaErrorKind.NotFound or AlmaErrorKind.Refused)
        {
            return Fail(
                $"Alma offers no job {UpdateUsersJob.JobId} to this key ({e.AlmaCode}), so nobody can be marked.",
                $"Ask Ex Libris for the id of '{UpdateUsersJob.JobName}'.");
        }

        return UpdateUsersJob.Is(job.Job)
            ? Pass($"{UpdateUsersJob.JobId} is '{job.Job.Name}'.")
            : Fail(
                $"{UpdateUsersJob.JobId} is '{job.Job.Name}' and not '{UpdateUsersJob.JobName}'.",
                "Ask Ex Libris which job updates users; nothing is run in its place.");
    }
}

/// <summary>Whether the set-based purge job is there; only the route SetJob needs it.</summary>
internal sealed class PurgeJobCheck : ReadinessCheck
{
    public override string Name => "PurgeJob";

    protected override string AskRemedy => "Look under Admin > Run a job whether 'Purge users' is offered.";

    protected override async Task<AlmaReadinessCheck> CheckAsync(ReadinessContext context, CancellationToken cancellationToken)
    {
        if (context.Options.Route is { } route && route != AlmaPurgeRoute.SetJob)
        {
            return Pass($"The route {route} does without a job.");
        }

        AlmaJobRecord? job = await PurgeUsersJob.FindAsync(context.Reader, cancellationToken).ConfigureAwait(false);
        if (job is null)
        {
            return Fail(
                $"Alma offers no job named '{PurgeUsersJob.JobName}' to this key.",
                "Use -Route UserDelete, or ask Ex Libris for the set-based purge job of November 2025.");
        }

        return context.Session.Connection.EnvironmentType == AlmaEnvironmentType.Simulated
            ? Pass($"{job.Id} is '{job.Name}'.")
            : Warn(
                $"{job.Id} is '{job.Name}'. Its parameters are not documented.",
                "Open it under Admin > Run a job, go to the review step without submitting, and give the text under 'API information' as -JobTemplate of Start-AlmaPurgeJob.");
    }
}
