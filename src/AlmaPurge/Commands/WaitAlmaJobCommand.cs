using System.Management.Automation;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsLifecycle.Wait, "AlmaJob", DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(AlmaJob), typeof(AlmaPurgeJob))]
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
            if (piped is AlmaJob job)
            {
                Wait(job.JobId, job.InstanceId);
            }
            else
            {
                Wait((AlmaPurgeJob)piped);
            }
        }
    }

    private void Wait(string jobId, string instanceId)
    {
        AlmaSession session = GetSession();
        WriteObject(Await((reporter, stop) =>
            JobWaiter.WaitAsync(session.Reader, jobId, instanceId, reporter, stop)).ToModel(jobId));
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
