namespace AlmaPurge.Simulator;

/// <summary>What the make-believe Alma is started with.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The password of every internal account.</summary>
    public const string InternalPassword = "open-sesame-8";

    /// <summary>How many patrons the library is filled with.</summary>
    public int UserCount { get; init; } = 300;

    /// <summary>The same seed and the same start of the clock give the same library.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Where the clock starts; the real time when null.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>
    /// Real time, by which the clock runs and answers are held back. A test may put a quicker one in its place.
    /// </summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long each answer takes, in real time.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.Zero;

    /// <summary>Requests admitted in any one second; 0 for no limit.</summary>
    public int RequestsPerSecond { get; init; } = 25;

    /// <summary>Calls admitted in a day (GMT).</summary>
    public long DailyLimit { get; init; } = 1_000_000;

    /// <summary>How long a job waits before it runs, in the simulator's own time.</summary>
    public TimeSpan JobQueueTime { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a job runs, in the simulator's own time.</summary>
    public TimeSpan JobRunTime { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// Scheme, host and port that links in answers begin with. By default a made-up loopback name, so requests to it
    /// must go through <see cref="AlmaSimulator.CreateHandler"/>; a host over HTTP gives its own.
    /// </summary>
    public Uri BaseAddress { get; init; } = new("http://alma.simulator.localhost/");

    /// <summary>The institution's code, as <c>conf/general</c> tells it.</summary>
    public string InstitutionCode { get; init; } = "01SIM_INST";

    /// <summary>The institution's name, as <c>conf/general</c> tells it.</summary>
    public string InstitutionName { get; init; } = "Simulated Library";

    /// <summary>SANDBOX or PRODUCTION.</summary>
    public string EnvironmentType { get; init; } = "SANDBOX";

    /// <summary>KeepFullyReportable, KeepStatistics, KeepStatisticsRemoveId or FullyRemove.</summary>
    public string DeleteUserPolicy { get; init; } = "KeepStatistics";

    /// <summary>The zone in which an instant becomes a calendar day. Alma's own rule is not documented.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>
    /// Whether the primary id of a patron who was merged into another one answers with that other one. What Alma does
    /// is neither documented nor seen; without this such an id is not found.
    /// </summary>
    public bool MergedIdsResolve { get; init; }

    /// <summary>
    /// Whether a list of one element comes as that element instead of an array where that was seen in life: errors and
    /// the rows of code tables. The documented form is the array.
    /// </summary>
    public bool SingleElementsAsObjects { get; init; }

    /// <summary>
    /// How often the first answer about an Analytics report is empty, without a token, since the report is still being
    /// computed (seen in life).
    /// </summary>
    public int EmptyReportAnswers { get; init; }

    /// <summary>
    /// Whether the API may change the code table UserGroups. What Alma says is neither documented nor seen; without this
    /// it answers 90123.
    /// </summary>
    public bool UserGroupsCustomizable { get; init; }

    /// <summary>
    /// Whether contacts are listed with the text "no primary id (123)" in place of their primary id, and a link that
    /// leads nowhere, as was seen in life.
    /// </summary>
    public bool ContactsWithoutPrimaryId { get; init; }

    /// <summary>
    /// Misbehaviour by name: <c>name</c>, <c>name:0.02</c> (a rate) or <c>name@3</c> (the third match). The names are
    /// those of <see cref="AlmaSimulator.FaultDescriptions"/>; a name alone strikes at its fault's own default.
    /// </summary>
    public IReadOnlyList<string> Faults { get; init; } = [];
}
