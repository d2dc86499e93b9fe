using System.Management.Automation;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Steps;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsCommon.Get, "AlmaJob", DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(AlmaJob))]
public sealed class GetAlmaJobCommand : AlmaJobCommand
{
    protected override void OnRecord()
    {
        if (ParameterSetName == IdSet)
        {
            Write(JobId, InstanceId);
            return;
        }

        foreach (object piped in InputObject)
        {
            switch (piped)
            {
                case AlmaJob job:
                    Write(job.JobId, job.InstanceId);
                    break;
                case AlmaPurgeJob { JobId: { } jobId, InstanceId: { } instanceId } purge:
                    RunBinding.RequireSame(RunReference.Require(purge.Run), GetSession());
                    Write(jobId, instanceId);
                    break;
                case AlmaPurgeRun run when RunReference.Require(run.Run).Document.Purge is { JobId: { } jobId, InstanceId: { } instanceId }:
                    Write(jobId, instanceId);
                    break;
                default:
                    WriteVerbose($"{piped} has no job in Alma.");
                    break;
            }
        }
    }

    private void Write(string jobId, string instanceId)
    {
        AlmaSession session = GetSession();
        WriteObject(Await((_, stop) => session.Reader.GetJobInstanceAsync(jobId, instanceId, stop)).ToModel(jobId));
    }
}
