using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>
/// The endpoints that prove a key: GET for reading, POST for writing. They answer with a short XML text whatever was
/// asked for (documented for configuration and analytics; taken to be the same for users).
/// </summary>
internal sealed class TestEndpoint
{
    private readonly Library _library;

    public TestEndpoint(Library library)
    {
        _library = library;
    }

    public ApiAnswer? Serve(ApiRequest request)
    {
        return request.Method switch
        {
            "GET" => ApiAnswer.OfPlainXml(
                $"<test>GET - OK - institutionCode: {_library.Options.InstitutionCode}</test>"),
            "POST" => ApiAnswer.OfPlainXml("<test>POST - OK</test>"),
            _ => null,
        };
    }
}
