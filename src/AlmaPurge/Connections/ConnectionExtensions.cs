using AlmaPurge.Core.Alma;

namespace AlmaPurge.Connections;

/// <summary>The way from the object that users see to the session that talks.</summary>
internal static class ConnectionExtensions
{
    public static AlmaSession ToSession(this AlmaConnection connection) => (AlmaSession)connection.Session;

    public static void Dispose(this AlmaConnection connection) => connection.ToSession().Dispose();
}
