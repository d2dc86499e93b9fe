using System.Runtime.CompilerServices;
using AlmaPurge.Core;
using AlmaPurge.Simulator;

namespace AlmaPurge.Connections;

/// <summary>The embedded simulator behind a connection, for what only the simulator can do. Lives as long as it.</summary>
internal static class SimulatorStore
{
    private static readonly ConditionalWeakTable<AlmaConnection, AlmaSimulator> s_simulators = new();

    public static void Add(AlmaConnection connection, AlmaSimulator simulator) =>
        s_simulators.Add(connection, simulator);

    /// <exception cref="AlmaPurgeException">The connection does not reach an embedded simulator.</exception>
    public static AlmaSimulator Require(AlmaConnection connection) =>
        s_simulators.TryGetValue(connection, out AlmaSimulator? simulator)
            ? simulator
            : throw new AlmaPurgeException(
                "NotSimulated",
                AlmaPurgeErrorKind.InvalidOperation,
                $"The connection reaches {connection}, which is no simulator of this session.",
                "Connect with Connect-Alma -Simulator first.",
                connection);
}
