using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace AlmaPurge.Simulator.Host.Forwarding;

/// <summary>
/// Hands everything under /almaws/ to the simulator's own handler, so that over HTTP it behaves as embedded, faults
/// included: an exception instead of an answer cuts the connection, politely where the answer just never came, rudely
/// otherwise; a body that breaks off is sent as far as it goes.
/// </summary>
internal sealed class AlmaForwarder : IDisposable
{
    private const string Prefix = "/almaws/";

    private readonly HttpMessageInvoker _simulator;
    private readonly Uri _baseAddress;
    private readonly CancellationToken _stopping;

    public AlmaForwarder(AlmaSimulator simulator, IHostApplicationLifetime lifetime)
    {
        _simulator = new HttpMessageInvoker(simulator.CreateHandler());
        _baseAddress = simulator.BaseAddress;
        _stopping = lifetime.ApplicationStopping;
    }

    public static bool Concerns(HttpContext context)
    {
        return PathOf(context).StartsWith(Prefix, StringComparison.Ordinal);
    }

    public async Task ForwardAsync(HttpContext context)
    {
        using CancellationTokenSource gone =
            CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping);
        using HttpRequestMessage request = Take(context);
        HttpResponseMessage response;
        try
        {
            response = await _simulator.SendAsync(request, gone.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ResponseEnded)
        {
            await ConnectionEnd.CloseAsync(context).ConfigureAwait(false);
            return;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            context.Abort();
            return;
        }

        using (response)
        {
            await AnswerAsync(context, response, gone.Token).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _simulator.Dispose();
    }

    /// <summary>Path and query as they came over the wire: a decoded path no longer tells a/b from a%2Fb.</summary>
    private static string PathOf(HttpContext context)
    {
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        int scheme = target.IndexOf("://", StringComparison.Ordinal);
        if (target.StartsWith('/') || scheme < 0)
        {
            return target;
        }

        // A client may name the host in the request line (RFC 9112, absolute-form).
        int path = target.IndexOf('/', scheme + 3);
        return path < 0 ? "/" : target[path..];
    }

    private HttpRequestMessage Take(HttpContext context)
    {
        UriCreationOptions asItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };
        Uri uri = new(_baseAddress.GetLeftPart(UriPartial.Authority) + PathOf(context), asItIs);
        HttpRequestMessage request = new(new HttpMethod(context.Request.Method), uri);
        bool hasBody = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
        if (hasBody)
        {
            request.Content = new StreamContent(context.Request.Body);
        }

        foreach ((string name, StringValues values) in context.Request.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        return request;
    }

    /// <summary>Sends an answer of the simulator on.</summary>
    public static async Task AnswerAsync(HttpContext context, HttpResponseMessage response, CancellationToken gone)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        Copy(response.Headers, context.Response);
        Copy(response.Content.Headers, context.Response);
        if (response.StatusCode != HttpStatusCode.NoContent)
        {
            context.Response.ContentLength = response.Content.Headers.ContentLength;
        }

        try
        {
            await response.Content.CopyToAsync(context.Response.Body, gone).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // What there was goes out; an exception after that makes the server close the line in mid-body.
            await context.Response.Body.FlushAsync(gone).ConfigureAwait(false);
            throw;
        }
    }

    private static void Copy(HttpHeaders headers, HttpResponse response)
    {
        foreach ((string name, HeaderStringValues values) in headers.NonValidated)
        {
            if (!string.Equals(name, "Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
            {
                response.Headers[name] = values.ToArray();
            }
        }
    }
}
