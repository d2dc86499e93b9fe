using AlmaPurge.Core.Tests.Alma;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>Lets the time-outs of a time that jumps strike when an answer is held back, and only then.</summary>
internal sealed class HeldAnswers(HttpMessageHandler inner, FastTime time) : DelegatingHandler(inner)
{
    // The simulator answers at once, or after a wait that jumps; this long takes only an answer that never comes.
    private static readonly TimeSpan s_held = TimeSpan.FromMilliseconds(300);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        Task<HttpResponseMessage> sending = base.SendAsync(request, cancellationToken);
        if (!sending.IsCompleted && await Task.WhenAny(sending, Task.Delay(s_held, CancellationToken.None)) != sending)
        {
            time.EndLongWaits();
        }

        return await sending;
    }
}
