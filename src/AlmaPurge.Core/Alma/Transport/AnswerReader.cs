using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Alma;

/// <summary>Tells a good answer from one that only has a good status.</summary>
internal sealed class AnswerReader(ErrorFactory errors)
{
    /// <summary>Reads an answer with a 2xx status.</summary>
    /// <exception cref="AlmaApiException">An error list, a web page, damaged JSON, or nothing where something is due.</exception>
    public AlmaAnswer Read(AlmaRequest request, HttpResponseMessage response, string body, int attempt)
    {
        char first = ErrorBody.FirstCharacter(body);
        if (first == '{')
        {
            JObject json = Parse(request, response, body, attempt);
            return ErrorBody.ReadJson(json) is null
                ? new AlmaAnswer(json, body)
                : throw errors.FromAnswer(request, response, body, attempt);
        }

        if (first == '<' && ErrorBody.Read(body) is not null)
        {
            throw errors.FromAnswer(request, response, body, attempt);
        }

        if (first == '<' && request.WantsXml && !body.Contains("<html", StringComparison.OrdinalIgnoreCase))
        {
            return new AlmaAnswer([], body);
        }

        bool isPage = body.Contains("<html", StringComparison.OrdinalIgnoreCase);
        if (request.NeedsBody || isPage)
        {
            string what = first == '\0' ? "an empty answer" : isPage ? "a web page" : "an answer that is not JSON";
            throw errors.Unreadable(request, (int)response.StatusCode, what, attempt);
        }

        return new AlmaAnswer([], body);
    }

    private JObject Parse(AlmaRequest request, HttpResponseMessage response, string body, int attempt)
    {
        try
        {
            return (JObject)AlmaJson.Parse(body);
        }
        catch (JsonException)
        {
            // Newtonsoft's message quotes the body, which may hold a person's data.
            const string What = "an answer that breaks off or is damaged JSON";
            throw errors.Unreadable(request, (int)response.StatusCode, What, attempt);
        }
    }
}
