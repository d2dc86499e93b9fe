using System.Net;
using System.Text;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>Stands between the client and the simulator: acts before a request, and may change the answer.</summary>
internal sealed class InterceptingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>Called with each request before it is served.</summary>
    public Action<HttpRequestMessage>? Before { get; set; }

    /// <summary>Answers in the simulator's place, if not null.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?>? Answer { get; set; }

    /// <summary>Changes the text of the simulator's answer.</summary>
    public Func<HttpRequestMessage, string, string>? Change { get; set; }

    /// <summary>Whether no answer tells how many calls are left today.</summary>
    public bool HidesCallsLeft { get; set; }

    /// <summary>Alma's own refusal.</summary>
    public static HttpResponseMessage Error(string code, string message = "no", int status = 400)
    {
        string error = $"{{\"errorCode\":\"{code}\",\"errorMessage\":\"{message}\"}}";
        string json = "{\"errorsExist\":true,\"errorList\":{\"error\":[" + error + "]}}";
        return new((HttpStatusCode)status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        Before?.Invoke(request);
        if (Answer?.Invoke(request) is { } made)
        {
            return made;
        }

        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        if (HidesCallsLeft)
        {
            response.Headers.Remove("X-Exl-Api-Remaining");
        }

        if (Change is null)
        {
            return response;
        }

        string text = await response.Content.ReadAsStringAsync(cancellationToken);
        string mediaType = response.Content.Headers.ContentType?.MediaType ?? "application/json";
        response.Content = new StringContent(Change(request, text), Encoding.UTF8, mediaType);
        return response;
    }
}
