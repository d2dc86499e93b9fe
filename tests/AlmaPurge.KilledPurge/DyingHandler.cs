using System.Diagnostics;

namespace AlmaPurge.KilledPurge;

/// <summary>Kills its own process, as kill -9 does, at one of the requests that change something.</summary>
public sealed class DyingHandler : DelegatingHandler
{
    private readonly string _when;
    private readonly int _number;
    private int _count;

    /// <summary>Makes the handler.</summary>
    /// <param name="when">before: the request never leaves; after: it was answered and the answer is not seen.</param>
    /// <param name="number">At which change, from 1.</param>
    public DyingHandler(string when, int number)
        : base(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        _when = when;
        _number = number;
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        bool strikes = request.Method != HttpMethod.Get && Interlocked.Increment(ref _count) == _number;
        DieIf(strikes && _when == "before");
        HttpResponseMessage answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        DieIf(strikes && _when == "after");
        return answer;
    }

    private static void DieIf(bool now)
    {
        if (now)
        {
            using Process self = Process.GetCurrentProcess();
            self.Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
