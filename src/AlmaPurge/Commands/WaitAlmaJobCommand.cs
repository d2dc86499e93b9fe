using System.Management.Automation;
using AlmaPurge.Core;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsLifecycle.Wait, "AlmaJob", DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(AlmaJob), typeof(AlmaPurgeJob), typeof(AlmaPurgeRun))]
public sealed class WaitAlmaJobCommand : AlmaJobCommand
{
    protected override void OnRecord()
    {
        if (ParameterSetName == IdSet)
        {
            Wait(JobId, InstanceId);
            return;
        }

        foreach (object piped in InputObject)
        {
            switch (piped)
            {
                case AlmaJob job:
                    Wait(job.JobId, job.InstanceId);
                    break;
                case AlmaPurgeRun run:
                    Wait(RunReference.Require(run.Run));
                    break;
                default:
                    Wait((AlmaPurgeJob)piped);
                    break;
            }
        }
    }

    private void Wait(string jobId, string instanceId)
    {
        AlmaSession session = GetSession();
        WriteObject(Await((reporter, stop) =>
            JobWaiter.WaitAsync(session.Reader, jobId, instanceId, reporter, stop)).ToModel(jobId));
    }

    private void Wait(PurgeRun run)
    {
        if (run.Document.Purge is null)
        {
            throw new AlmaPurgeException(
                "PurgeNotStarted",
                AlmaPurgeErrorKind.InvalidOperation,
                $"No purge of the run {run.RunId} was started, so there is nothing to wait for.",
                "Start it with Start-AlmaPurgeJob.",
                run.RunId);
        }

        if (!run.IsPreview)
        {
            AlmaSession session = GetSession();
            Await((reporter, stop) => new PurgeStep(run, session, reporter).WaitAsync(stop));
        }

        WriteObject(run.ToModel());
    }

    private void Wait(AlmaPurgeJob purge)
    {
        if (purge.IsPreview)
        {
            WriteObject(purge);
            return;
        }

        AlmaSession session = GetSession();
        WriteObject(Await((reporter, stop) =>
            new PurgeStep((PurgeRun)purge.Run, session, reporter).WaitAsync(stop)));
    }
}
