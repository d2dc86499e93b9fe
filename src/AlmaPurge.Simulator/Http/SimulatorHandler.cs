namespace AlmaPurge.Simulator.Http;

/// <summary>What an HttpClient talks to instead of a network.</summary>
internal sealed class SimulatorHandler : HttpMessageHandler
{
    private readonly Gateway _gateway;
    private readonly TimeSpan _latency;

    public SimulatorHandler(Gateway gateway, TimeSpan latency)
    {
        _gateway = gateway;
        _latency = latency;
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string? body = request.Content is null
            ? null
            : await request.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);

        // The request is served on arrival and the answer travels: who stops waiting has still been served.
        ApiRequest taken = ApiRequest.From(request, body);
        HttpResponseMessage response = _gateway.Answer(taken);
        response.RequestMessage = request;
        TimeSpan delay = taken.Delay == Timeout.InfiniteTimeSpan ? taken.Delay : taken.Delay + _latency;
        if (delay != TimeSpan.Zero)
        {
            await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
        }

        return response;
    }
}
