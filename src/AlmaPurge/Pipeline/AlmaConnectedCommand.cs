using System.ComponentModel;
using System.Management.Automation;
using AlmaPurge.Connections;
using AlmaPurge.Core;
using AlmaPurge.Core.Alma;

namespace AlmaPurge.Pipeline;

/// <summary>Base of the cmdlets that talk to Alma.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AlmaConnectedCommand : AlmaAsyncCommand
{
    /// <summary>Connection to use instead of the session's.</summary>
    [Parameter]
    [ValidateNotNull]
    public AlmaConnection? Connection { get; set; }

    /// <summary>
    /// The given connection, else the session's, else an error. Asked with the first record and not in Begin, so that
    /// <c>Connect-Alma</c> may be part of the same line.
    /// </summary>
    protected AlmaConnection GetConnection()
    {
        AlmaConnection connection = Connection ?? ConnectionStore.Default ?? throw new AlmaPurgeException(
            "NotConnected",
            AlmaPurgeErrorKind.InvalidOperation,
            $"{MyInvocation.MyCommand.Name} needs a connection to Alma and this session has none.",
            "Connect first, with Connect-Alma -Region, or Connect-Alma -Simulator to practise.");
        return !connection.ToSession().IsClosed ? connection : throw new AlmaPurgeException(
            "ConnectionClosed",
            AlmaPurgeErrorKind.InvalidOperation,
            $"The connection to {connection} was ended with Disconnect-Alma.",
            "Connect anew with Connect-Alma.",
            connection);
    }

    /// <summary>Whether there is a connection at all: for what needs none, and is better with one.</summary>
    private protected bool HasConnection => Connection is not null || ConnectionStore.Default is not null;

    /// <summary>What does the talking, where there is something that can.</summary>
    private protected AlmaSession? SessionIfAny() =>
        (Connection ?? ConnectionStore.Default)?.ToSession() is { IsClosed: false } session ? session : null;

    /// <summary>What does the talking for <see cref="GetConnection"/>.</summary>
    private protected AlmaSession GetSession() => GetConnection().ToSession();
}
