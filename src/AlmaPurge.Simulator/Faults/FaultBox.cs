using AlmaPurge.Simulator.Http;
using AlmaPurge.Simulator.Jobs;

namespace AlmaPurge.Simulator.Faults;

/// <summary>The faults that the simulator was told to have. The caller holds the library's lock.</summary>
internal sealed class FaultBox
{
    private static readonly SortedDictionary<string, Func<Fault>> s_known = new(StringComparer.Ordinal)
    {
        ["doneButUsersRemain"] = () => new DoneButUsersRemainFault(),
        ["dropAcceptedPost"] = () => new DropAcceptedPostFault(),
        ["duplicateMembers"] = () => new DuplicateMembersFault(),
        ["jobFailsHalfway"] = () => new JobFailsHalfwayFault(),
        ["partialMark"] = () => new PartialMarkFault(),
        ["serverError"] = () => new ServerErrorFault(),
        ["silentInvalidIds"] = () => new SilentInvalidIdsFault(),
        ["slow"] = () => new SlowFault(),
        ["throttle"] = () => new ThrottleFault(),
        ["timeout"] = () => new TimeoutFault(),
    };

    private readonly List<ArmedFault> _faults = [];

    public FaultBox(IReadOnlyList<string> faults, int seed)
    {
        foreach (string text in faults)
        {
            (string name, FaultTrigger? trigger) = FaultTrigger.Parse(text);
            if (!s_known.TryGetValue(name, out Func<Fault>? make))
            {
                throw new ArgumentException(
                    $"'{name}' is no fault. Known: {string.Join(", ", s_known.Keys)}.", nameof(faults));
            }

            Fault fault = make();

            // Each fault has its own chain of chance, so that adding one does not move the others.
            int own = name.Aggregate(seed, (sum, letter) => unchecked((sum * 31) + letter));
            _faults.Add(new ArmedFault(fault, trigger ?? fault.DefaultTrigger, new Random(own)));
        }
    }

    public static IReadOnlyList<string> KnownNames => [.. s_known.Keys];

    public void Before(ApiRequest request)
    {
        foreach (ArmedFault armed in _faults)
        {
            if (armed.Fault.ConcernsBefore(request) && armed.Strikes())
            {
                armed.Fault.Before(request);
            }
        }
    }

    public void After(ApiRequest request, ApiAnswer answer)
    {
        foreach (ArmedFault armed in _faults)
        {
            if (armed.Fault.ConcernsAfter(request, answer) && armed.Strikes())
            {
                armed.Fault.After(request, answer);
            }
        }
    }

    public void OnJob(JobWork work)
    {
        foreach (ArmedFault armed in _faults)
        {
            if (armed.Fault.ConcernsJob(work) && armed.Strikes())
            {
                armed.Fault.OnJob(work);
            }
        }
    }

    private sealed class ArmedFault(Fault fault, FaultTrigger trigger, Random random)
    {
        private int _count;

        public Fault Fault { get; } = fault;

        public bool Strikes()
        {
            _count++;
            return trigger.Strikes(_count, random);
        }
    }
}
