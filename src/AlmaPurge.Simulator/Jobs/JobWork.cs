using AlmaPurge.Simulator.Data;

namespace AlmaPurge.Simulator.Jobs;

/// <summary>What happens when an instance ends. Faults may cut it short or make it lie.</summary>
internal sealed class JobWork
{
    private readonly Library _library;
    private readonly Dictionary<string, string> _skipped = new(StringComparer.OrdinalIgnoreCase);

    public JobWork(Library library, SimulatedJobRun run)
    {
        _library = library;
        Run = run;
        Users = [.. run.Job.Targets(library, run)];
        Total = Users.Count;
    }

    public SimulatedJobRun Run { get; }

    /// <summary>Whom the job will really touch; a fault may take some out.</summary>
    public List<SimulatedUser> Users { get; }

    /// <summary>How many it was started for.</summary>
    public int Total { get; }

    /// <summary>Set by a fault: the status whatever the outcome.</summary>
    public string? ForcedStatus { get; set; }

    /// <summary>Set by a fault: those whom the job left out are counted as done.</summary>
    public bool CountLeftOutAsDone { get; set; }

    public void Finish()
    {
        _library.Faults.OnJob(this);
        int done = 0;
        foreach (SimulatedUser user in Users)
        {
            string? reason = Run.Job.Apply(_library, Run, user);
            if (reason is null)
            {
                done++;
            }
            else
            {
                _skipped[user.PrimaryId] = reason;
            }
        }

        if (CountLeftOutAsDone)
        {
            done += Total - Users.Count;
        }

        Run.Skipped = _skipped;
        Run.Status = ForcedStatus ?? (Total == 0 ? "COMPLETED_NO_BULKS"
            : _skipped.Count > 0 ? "COMPLETED_WARNING" : "COMPLETED_SUCCESS");
        Run.Progress = ForcedStatus is null ? 100 : 50;
        Run.Counters =
        [
            new(Run.Job.TotalLabel, Total),
            new(Run.Job.DoneLabel, done),
            new("Number of users not processed", Total - done),
        ];
    }
}
