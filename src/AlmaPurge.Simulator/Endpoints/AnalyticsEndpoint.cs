using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using AlmaPurge.Simulator.Reports;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>
/// GET /analytics/reports: the first call names the path, those that follow the token. In JSON the report is a text of
/// XML in <c>anies</c> (seen).
/// </summary>
internal sealed class AnalyticsEndpoint
{
    private const int Block = 25;
    private const int MaximumLimit = 1_000;

    private readonly Library _library;
    private readonly ReportCatalogue _reports;
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _asked = new(StringComparer.Ordinal);
    private string? _lastKey;
    private ReportTable? _lastTable;

    public AnalyticsEndpoint(Library library)
    {
        _library = library;
        _reports = new ReportCatalogue(library);
    }

    public ApiAnswer? Serve(ApiRequest request)
    {
        if (request.Method != "GET")
        {
            return null;
        }

        int limit = Limit(request);
        if (request.Value("token") is string token)
        {
            return Answer(Next(token, limit, isFirst: false));
        }

        string path = request.Value("path")
            ?? throw new ApiErrorException("402119", "General error: path or token is required.");
        string? filter = request.Value("filter");
        ReportTable table = Compute(path, filter);
        int asked = _asked.GetValueOrDefault(path + filter);
        if (asked < _library.Options.EmptyReportAnswers)
        {
            _asked[path + filter] = asked + 1;
            return Answer(ReportXml.Computing());
        }

        _asked.Remove(path + filter);
        token = NewToken();
        _sessions[token] = new Session(table, request.Flag("col_names", fallback: true));
        return Answer(Next(token, limit, isFirst: true));
    }

    private ReportTable Compute(string path, string? filter)
    {
        string key = FormattableString.Invariant($"{_library.Analytics.Version}|{path}|{filter}");
        if (_lastTable is null || _lastKey != key)
        {
            _lastTable = _reports.Compute(path, ReportFilter.Parse(filter));
            _lastKey = key;
        }

        return _lastTable;
    }

    /// <summary>The tool gives rows in blocks of 25, so 30 gives up to 50 (seen).</summary>
    private static int Limit(ApiRequest request)
    {
        int limit = request.Number("limit", Block, MaximumLimit);
        return limit >= Block
            ? (limit + Block - 1) / Block * Block
            : throw ApiErrorException.InvalidParameter("limit", request.Value("limit"), "25-1000");
    }

    private XElement Next(string token, int limit, bool isFirst)
    {
        // What Alma says to an unknown token is not documented.
        Session session = _sessions.GetValueOrDefault(token)
            ?? throw new ApiErrorException("402119", "General error: the token is not valid.");
        if (session.IsFinished)
        {
            throw new ApiErrorException("420033", "No more rows to fetch.", 500);
        }

        string?[][] rows = [.. session.Table.Rows.Skip(session.Position).Take(limit)];
        session.Position += limit;
        session.IsFinished = session.Position >= session.Table.Rows.Count;
        return ReportXml.Page(
            session.Table, rows, isFirst ? token : null, session.IsFinished, isFirst, session.WithHeadings);
    }

    private static ApiAnswer Answer(XElement result)
    {
        const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
        string text = result.ToString(SaveOptions.DisableFormatting);
        return ApiAnswer.OfForms(
            new JObject { ["anies"] = new JArray(Head + text) }, $"{Head}<report>{text}</report>");
    }

    private string NewToken()
    {
        byte[] seed = Encoding.UTF8.GetBytes(_library.NextId());
        return Convert.ToHexString(SHA256.HashData(seed));
    }

    private sealed class Session(ReportTable table, bool withHeadings)
    {
        public ReportTable Table { get; } = table;

        public bool WithHeadings { get; } = withHeadings;

        public int Position { get; set; }

        public bool IsFinished { get; set; }
    }
}
