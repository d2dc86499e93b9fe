namespace AlmaPurge.Simulator.Faults;

/// <summary>The faults there are, by name, in any case of letters. A new one gets its line here.</summary>
internal static class KnownFaults
{
    private static readonly SortedDictionary<string, Func<Fault>> s_known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["acceptedDeleteThenCut"] = () => new AcceptedDeleteThenCutFault(),
        ["barcodeTwin"] = () => new BarcodeTwinFault(),
        ["dailyLimit"] = () => new DailyLimitFault(),
        ["doneButUsersRemain"] = () => new DoneButUsersRemainFault(),
        ["dropAcceptedPost"] = () => new DropAcceptedPostFault(),
        ["duplicateMembers"] = () => new DuplicateMembersFault(),
        ["environmentSwitched"] = () => new EnvironmentSwitchedFault(),
        ["groupGone"] = () => new GroupGoneFault(),
        ["htmlErrorPage"] = () => new HtmlErrorPageFault(),
        ["jobFailsHalfway"] = () => new JobFailsHalfwayFault(),
        ["jobStuck"] = () => new JobStuckFault(),
        ["jobWarning"] = () => new JobWarningFault(),
        ["laggingIndex"] = () => new LaggingIndexFault(),
        ["partialMark"] = () => new PartialMarkFault(),
        ["resetConnection"] = () => new ResetConnectionFault(),
        ["serverError"] = () => new ServerErrorFault(),
        ["shuffledPages"] = () => new ShuffledPagesFault(),
        ["silentInvalidIds"] = () => new SilentInvalidIdsFault(),
        ["slow"] = () => new SlowFault(),
        ["studentLoadBetween"] = () => new StudentLoadBetweenFault(),
        ["throttle"] = () => new ThrottleFault(),
        ["timeout"] = () => new TimeoutFault(),
        ["truncatedBody"] = () => new TruncatedBodyFault(),
        ["userReturnsBetween"] = () => new UserReturnsBetweenFault(),
        ["wrongDayMark"] = () => new WrongDayMarkFault(),
    };

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<SimulatorFault> All { get; } = [.. s_known.Select(Describe)];

    /// <summary>Makes one.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message has the known ones.</exception>
    public static Fault Make(string name)
    {
        return s_known.TryGetValue(name, out Func<Fault>? make)
            ? make()
            : throw new ArgumentException(
                $"'{name}' is no fault. Known: {string.Join(", ", s_known.Keys)}.", nameof(name));
    }

    private static SimulatorFault Describe(KeyValuePair<string, Func<Fault>> known)
    {
        Fault fault = known.Value();
        return new SimulatorFault(known.Key, fault.Description, fault.DefaultTrigger.ToString());
    }
}
