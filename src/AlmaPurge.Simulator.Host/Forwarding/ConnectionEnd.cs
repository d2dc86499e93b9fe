using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace AlmaPurge.Simulator.Host.Forwarding;

/// <summary>
/// Closes a connection without an answer as a gateway does that loses its server: with an orderly end (FIN), not a reset.
/// That is the crueler way. Some HTTP clients take it for a connection that had grown old and send a request without a
/// body once more by themselves, a DELETE too.
/// </summary>
internal static class ConnectionEnd
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    public static async Task CloseAsync(HttpContext context)
    {
        context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket.Shutdown(SocketShutdown.Send);

        // A reset right behind the end would overtake it: the client is given time to see the end and hang up.
        await Task.Delay(s_patience, context.RequestAborted).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
        context.Abort();
    }
}
