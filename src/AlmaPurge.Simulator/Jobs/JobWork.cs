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

    /// <summary>Set by a fault: the job does its work and never ends.</summary>
    public bool IsStuck { get; set; }

    /// <summary>Set by a fault: what becomes of a user on whom the job has done its work.</summary>
    public Func<SimulatedUserSpec, SimulatedUserSpec>? Twist { get; set; }

    /// <summary>Leaves out the second half of the users.</summary>
    public void TakeHalf()
    {
        int half = Users.Count / 2;
        Users.RemoveRange(half, Users.Count - half);
    }

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
                TwistAfter(user);
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
        if (IsStuck)
        {
            (Run.IsStuck, Run.EndTime, Run.Status, Run.Progress) = (true, null, "RUNNING", 50);
            return;
        }

        Run.Status = ForcedStatus ?? (Total == 0 ? "COMPLETED_NO_BULKS"
            : _skipped.Count > 0 ? "COMPLETED_WARNING" : "COMPLETED_SUCCESS");
        Run.Progress = ForcedStatus == JobStates.Failed ? 50 : 100;
        Run.Counters =
        [
            new(Run.Job.TotalLabel, Total),
            new(Run.Job.DoneLabel, done),
            new("Number of users not processed", Total - done),
        ];
    }

    private void TwistAfter(SimulatedUser user)
    {
        if (Twist is not null && !user.IsDeleted)
        {
            _library.Users.Change(user, Twist(user.State), _library.Now);
        }
    }
}
