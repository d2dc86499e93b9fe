using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace AlmaPurge.Connections;

/// <summary>The default connection of each runspace: sessions side by side in one process do not share theirs.</summary>
internal static class ConnectionStore
{
    private static readonly ConditionalWeakTable<Runspace, AlmaConnection> s_connections = new();

    /// <summary>The connection of the runspace that this thread works for. Pipeline thread only.</summary>
    public static AlmaConnection? Default =>
        Runspace.DefaultRunspace is { } runspace && s_connections.TryGetValue(runspace, out AlmaConnection? connection)
            ? connection
            : null;

    /// <summary>
    /// Makes it the default of this runspace. The one before stays open: somebody may hold it to use it with -Connection.
    /// </summary>
    public static void SetDefault(AlmaConnection connection) =>
        s_connections.AddOrUpdate(Runspace.DefaultRunspace, connection);

    /// <summary>Leaves this runspace without a default.</summary>
    public static void Clear() => s_connections.Remove(Runspace.DefaultRunspace);
}
