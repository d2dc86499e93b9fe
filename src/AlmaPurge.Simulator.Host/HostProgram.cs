using System.Net.Sockets;

namespace AlmaPurge.Simulator.Host;

/// <summary>The host from its first line to its exit code.</summary>
internal static class HostProgram
{
    public static async Task<int> RunAsync(HostOptions options, CancellationToken stop)
    {
        try
        {
            SimulatorServer server = SimulatorServer.Create(options);
            await using (server.ConfigureAwait(false))
            {
                await server.StartAsync(stop).ConfigureAwait(false);
                if (!options.IsLoopback)
                {
                    await Console.Error.WriteLineAsync(Banner.Warning(server, options)).ConfigureAwait(false);
                }

                await Console.Out.WriteLineAsync(Banner.Text(server, options)).ConfigureAwait(false);
                await server.RunUntilAsync(stop).ConfigureAwait(false);
            }

            await Console.Out.WriteLineAsync("Ended. The library is gone with it.").ConfigureAwait(false);
            return CommandLine.Good;
        }
        catch (SocketException e)
        {
            return await FailAsync(Reason(e, options)).ConfigureAwait(false);
        }
        catch (ArgumentException e)
        {
            // A fault that is not known, or written wrongly.
            await FailAsync(e.Message.Split(" (Parameter")[0] + " --help lists the options.").ConfigureAwait(false);
            return CommandLine.Usage;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return CommandLine.Good;
        }
    }

    private static string Reason(SocketException e, HostOptions options)
    {
        FormattableString text = e.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse =>
                $"Port {options.Port} is taken, perhaps by another host. Give another with --port, or --port 0 for a free one.",
            SocketError.AccessDenied =>
                $"Port {options.Port} may not be used by you. Give one above 1023 with --port, or --port 0 for a free one.",
            SocketError.AddressNotAvailable =>
                $"This machine has no address {options.Listen}. Give one that it has with --listen, or leave the option out.",
            _ => $"It cannot listen at {options.Listen}, port {options.Port}: {e.Message}. Try --port 0.",
        };
        return FormattableString.Invariant(text);
    }

    private static async Task<int> FailAsync(string message)
    {
        await Console.Error.WriteLineAsync(message).ConfigureAwait(false);
        return CommandLine.Failed;
    }
}
