using System.Globalization;
using System.Net;
using System.Text;
using System.Xml.Linq;
using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Endpoints;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Http;

/// <summary>The front door: key, limits, faults, log, and the form of the answer.</summary>
internal sealed class Gateway
{
    private static readonly XNamespace s_errors = "http://com/exlibris/urm/general/xmlbeans";

    private readonly Library _library;
    private readonly KeyRing _keys;
    private readonly CallLimits _limits;
    private readonly Router _router;
    private readonly List<LoggedRequest> _log = [];
    private int _errors;

    public Gateway(Library library, KeyRing keys)
    {
        _library = library;
        _keys = keys;
        _limits = new CallLimits(library.Options.RequestsPerSecond, library.Options.DailyLimit);
        _router = new Router(library);
    }

    /// <summary>The log so far. The caller holds the library's lock.</summary>
    public IReadOnlyList<LoggedRequest> Log => _log;

    public HttpResponseMessage Answer(ApiRequest request)
    {
        string? errorCode = null;
        int status = 0;
        lock (_library.Gate)
        {
            DateTimeOffset arrived = _library.Now;
            try
            {
                ApiAnswer answer = Serve(request, arrived);
                status = answer.Status;
                return Sent(Write(request, answer));
            }
            catch (ApiErrorException error)
            {
                errorCode = error.Page is null ? error.Code : null;
                status = error.Status;
                return Sent(WriteError(request, error));
            }
            finally
            {
                _log.Add(new LoggedRequest(arrived, request.Method, request.LoggedPath, status, errorCode));
            }
        }
    }

    private ApiAnswer Serve(ApiRequest request, DateTimeOffset now)
    {
        _keys.Check(request);
        _limits.Admit(now);
        _library.Settle();
        _library.Faults.Before(request);
        ApiAnswer answer = _library.Faults.Serve(request, _router.Serve);
        _library.Faults.After(request, answer);
        return answer;
    }

    private HttpResponseMessage Sent(HttpResponseMessage response)
    {
        _library.Faults.OnResponse(response);
        return response;
    }

    private HttpResponseMessage Write(ApiRequest request, ApiAnswer answer)
    {
        HttpResponseMessage response = New(answer.Status);
        if (answer.IsEmpty)
        {
            return response;
        }

        response.Content = request.WantsJson && !answer.IsXmlOnly
            ? Text(Form(answer).Json, "json")
            : Text(answer.OwnXml ?? XmlBody.Write(answer.Root, answer.Body), "xml");
        return response;
    }

    /// <summary>Single rows as objects, if the simulator was told so.</summary>
    private ApiAnswer Form(ApiAnswer answer)
    {
        if (_library.Options.SingleElementsAsObjects && answer.Root is "code_table" or "mapping_table"
            && answer.Body["row"] is JArray { Count: 1 } rows)
        {
            answer.Body["row"] = rows[0];
        }

        return answer;
    }

    private HttpResponseMessage WriteError(ApiRequest request, ApiErrorException error)
    {
        HttpResponseMessage response = New(error.Status, isUsedUp: error.Code == ApiErrorException.DailyThreshold);
        if (error.Page is not null)
        {
            response.Content = new StringContent(error.Page, Encoding.UTF8, "text/html");
            return response;
        }

        string? tracking = error.FromGateway ? null : NextTrackingId();
        response.Content = request.WantsJson && !error.FromGateway
            ? Text(JsonError(error, tracking, _library.Options.SingleElementsAsObjects), "json")
            : Text(XmlError(error, tracking), "xml");
        return response;
    }

    /// <summary>In the very spelling that is seen of Alma: there are clients that look for it letter by letter.</summary>
    private static ByteArrayContent Text(string text, string form)
    {
        ByteArrayContent content = new(Encoding.UTF8.GetBytes(text));
        content.Headers.TryAddWithoutValidation("Content-Type", $"application/{form};charset=UTF-8");
        return content;
    }

    private HttpResponseMessage New(int status, bool isUsedUp = false)
    {
        long left = isUsedUp ? 0 : _limits.Remaining;
        HttpResponseMessage response = new((HttpStatusCode)status);
        response.Headers.TryAddWithoutValidation(
            "X-Exl-Api-Remaining", left.ToString(CultureInfo.InvariantCulture));
        return response;
    }

    private string NextTrackingId()
    {
        _errors++;
        string time = _library.Now.UtcDateTime.ToString("ddMMHHmmss", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"E01-{time}-SIMUL-AWAE{_errors:D9}");
    }

    private static string JsonError(ApiErrorException error, string? tracking, bool asObject)
    {
        JObject entry = new()
        {
            ["errorCode"] = error.Code, ["errorMessage"] = error.Message, ["trackingId"] = tracking,
        };
        JObject body = new()
        {
            ["errorsExist"] = true,
            ["errorList"] = new JObject { ["error"] = asObject ? entry : new JArray(entry) },
            ["result"] = null,
        };
        return body.ToString(Newtonsoft.Json.Formatting.None);
    }

    private static string XmlError(ApiErrorException error, string? tracking)
    {
        XElement entry = new(
            s_errors + "error",
            new XElement(s_errors + "errorCode", error.Code),
            new XElement(s_errors + "errorMessage", error.Message));
        if (tracking is not null)
        {
            entry.Add(new XElement(s_errors + "trackingId", tracking));
        }

        XElement body = new(
            s_errors + "web_service_result",
            new XElement(s_errors + "errorsExist", "true"),
            new XElement(s_errors + "errorList", entry));
        return new XDeclaration("1.0", "UTF-8", "yes") + body.ToString(SaveOptions.DisableFormatting);
    }
}
