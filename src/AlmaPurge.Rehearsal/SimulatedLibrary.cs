using AlmaPurge.Core.Alma;
using AlmaPurge.Simulator;

namespace AlmaPurge.Rehearsal;

/// <summary>The make-believe library of the rehearsal: made from the seed, reached as the cmdlets reach it.</summary>
internal sealed class SimulatedLibrary
{
    // One's own exports may be of any size; the limits of a day are no part of a rehearsal.
    private const long ManyCalls = 1_000_000_000;

    public SimulatedLibrary(int seed, int size) => Simulator = AlmaSimulator.Create(new SimulatorOptions
    {
        Seed = seed,
        UserCount = size,
        RequestsPerSecond = 0,
        DailyLimit = ManyCalls,
    });

    public AlmaSimulator Simulator { get; }

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

    /// <summary>The code of a group that was named by code or description.</summary>
    public string? FindGroup(string name) =>
        (Simulator.UserGroups.FirstOrDefault(g => Same(g.Code, name))
            ?? Simulator.UserGroups.FirstOrDefault(g => Same(g.Description, name)))?.Code;

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
