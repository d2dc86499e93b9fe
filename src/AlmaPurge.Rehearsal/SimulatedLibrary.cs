using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Simulator;

namespace AlmaPurge.Rehearsal;

/// <summary>The make-believe library of the rehearsal: made from the seed, reached as the cmdlets reach it.</summary>
internal sealed class SimulatedLibrary : IRehearsalLibrary
{
    // One's own exports may be of any size; the limits of a day are no part of a rehearsal.
    private const long ManyCalls = 1_000_000_000;

    public SimulatedLibrary(int seed, int size)
    {
        Simulator = AlmaSimulator.Create(new SimulatorOptions
        {
            Seed = seed,
            UserCount = size,
            RequestsPerSecond = 0,
            DailyLimit = ManyCalls,
        });
        Description = FormattableString.Invariant($"{size} made-up patrons, seed {seed}");
    }

    public AlmaSimulator Simulator { get; }

    public string Description { get; }

    public IReadOnlyList<LibraryGroup> UserGroups =>
        [.. Simulator.UserGroups.Select(g => new LibraryGroup(g.Code, g.Description))];

    public Task ExportUsersAsync(string path, string userGroup, CancellationToken stop)
    {
        Simulator.ExportUsers(path, userGroup);
        return Task.CompletedTask;
    }

    public Task ExportFinesAsync(string path, CancellationToken stop)
    {
        Simulator.ExportFines(path);
        return Task.CompletedTask;
    }

    public Task PurgeByStaffAsync(int daysAfterPurgeDate, string userGroup, decimal waiveThreshold, CancellationToken stop)
    {
        Simulator.StartPurgeUserRecords(daysAfterPurgeDate, "PUBLIC", userGroup, waiveThreshold);
        return Task.CompletedTask;
    }

    // Of a group that was made from rows, nobody may be left to be found.
    public string? CanaryId(PurgeRun run) =>
        Simulator.Users.FirstOrDefault(u => !u.IsDeleted && !run.Patrons.IsCandidate(u.PrimaryId))?.PrimaryId;

    public Task<LibraryRecord> ReadRecordAsync(string? userGroup, DateOnly expiredBefore, CancellationToken stop)
    {
        return Task.FromResult(new LibraryRecord(
            [.. Simulator.Purged.Select(p => p.PrimaryId)],
            [.. Simulator.WronglyPurged(userGroup, expiredBefore)
                .Select(w => $"{w.PrimaryId} ({string.Join(", ", w.Reasons)})")]));
    }

    public void Dispose()
    {
        // It is memory and nothing else.
    }

    /// <summary>Code of a group; made where the library has no such group.</summary>
    /// <param name="code">Code; null if it is not known.</param>
    /// <param name="description">Description; null if it is not known.</param>
    public string RequireGroup(string? code, string? description)
    {
        SimulatedUserGroup? known = Simulator.UserGroups.FirstOrDefault(g => Same(g.Code, code))
            ?? (code is null ? Simulator.UserGroups.FirstOrDefault(g => Same(g.Description, description)) : null);
        if (known is not null)
        {
            return known.Code;
        }

        // Alma's codes are letters and digits.
        string made = code ?? string.Concat(description!.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        if (Simulator.UserGroups.All(g => !Same(g.Code, made)))
        {
            Simulator.AddUserGroup(made, description ?? made, "PUBLIC", "STAFF");
        }

        return made;
    }

    /// <summary>Connects. Waiting is no part of a rehearsal, so neither side has a rate.</summary>
    public Task<AlmaSession> ConnectAsync(CancellationToken stop)
    {
        AlmaClientOptions options = new()
        {
            BaseAddress = Simulator.BaseAddress,
            ApiKey = Simulator.ApiKey,
            Handler = Simulator.CreateHandler(),
            RequestsPerSecond = 0,
            PollInterval = TimeSpan.FromMilliseconds(100),
            ReadingsApart = TimeSpan.FromMilliseconds(20),
            RetryDelay = TimeSpan.FromMilliseconds(50),
        };
        return AlmaSession.ConnectAsync(options, simulated: true, stop);
    }

    private static bool Same(string a, string? b) => b is not null && a.Equals(b.Trim(), StringComparison.OrdinalIgnoreCase);
}
