using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>GET /conf/libraries: the institution has one library.</summary>
internal sealed class Libraries
{
    public const string MainCode = "MAIN";

    private readonly Library _library;

    public Libraries(Library library)
    {
        _library = library;
    }

    public ApiAnswer? Serve(ApiRequest request)
    {
        return (request.Method, request.Segments) switch
        {
            ("GET", ["conf", "libraries"]) => ApiAnswer.Of("libraries", new JObject
            {
                ["library"] = new JArray(Main()), ["total_record_count"] = 1,
            }),
            ("GET", ["conf", "libraries", string code]) => code == MainCode
                ? ApiAnswer.Of("library", Main())
                : throw new ApiErrorException("402119", $"General error: there is no library '{code}'."),
            _ => null,
        };
    }

    private JObject Main()
    {
        return new JObject
        {
            ["code"] = MainCode, ["name"] = "Main", ["link"] = _library.Link("conf/libraries/" + MainCode),
        };
    }
}
