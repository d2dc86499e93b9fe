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

    /// <summary>Makes it the default of this runspace and gives back the one before, for the caller to dispose of.</summary>
    public static AlmaConnection? Replace(AlmaConnection? connection)
    {
        AlmaConnection? before = Default;
        if (connection is null)
        {
            s_connections.Remove(Runspace.DefaultRunspace);
        }
        else
        {
            s_connections.AddOrUpdate(Runspace.DefaultRunspace, connection);
        }

        return before;
    }
}
