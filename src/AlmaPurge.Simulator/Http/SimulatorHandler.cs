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
        HttpResponseMessage response = _gateway.Answer(ApiRequest.From(request, body));
        response.RequestMessage = request;
        if (_latency > TimeSpan.Zero)
        {
            await Task.Delay(_latency, cancellationToken).ConfigureAwait(false);
        }

        return response;
    }
}
