namespace AlmaPurge.Simulator.Http;

/// <summary>What an HttpClient talks to instead of a network.</summary>
internal sealed class SimulatorHandler : HttpMessageHandler
{
    private readonly Gateway _gateway;
    private readonly SimulatorOptions _options;
    private readonly Func<TimeSpan, CancellationToken, Task> _wait;

    public SimulatorHandler(
        Gateway gateway, SimulatorOptions options, Func<TimeSpan, CancellationToken, Task>? wait)
    {
        _gateway = gateway;
        _options = options;
        _wait = wait ?? ((time, token) => Task.Delay(time, options.Time, token));
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
        TimeSpan delay = taken.Delay == Timeout.InfiniteTimeSpan ? taken.Delay : taken.Delay + _options.Latency;
        if (delay != TimeSpan.Zero)
        {
            await _wait(delay, cancellationToken).ConfigureAwait(false);
        }

        return response;
    }
}
