using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Alma;

/// <summary>Tells a host of the simulator from an Alma.</summary>
public static class SimulatorHost
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Asks whether a host of the simulator answers at an address. Only this machine is ever asked, and without the
    /// key. Whatever does not plainly say yes counts as Alma, a tunnel to it for one.
    /// </summary>
    /// <param name="address">Scheme, host and port.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    public static async Task<bool> AnswersAtAsync(Uri address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || !address.IsLoopback || address.Scheme is not ("http" or "https"))
        {
            return false;
        }

        using SocketsHttpHandler handler = new() { AllowAutoRedirect = false, UseProxy = false };
        using HttpClient client = new(handler) { Timeout = s_patience, MaxResponseContentBufferSize = 1_000_000 };
        try
        {
            string answer = await client
                .GetStringAsync(new Uri(address, "/simulator"), cancellationToken).ConfigureAwait(false);
            return JObject.Parse(answer)["simulator"]?.ToString() == "AlmaPurge";
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
