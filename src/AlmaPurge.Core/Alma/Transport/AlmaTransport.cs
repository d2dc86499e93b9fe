using System.Net;
using System.Threading.RateLimiting;
using Polly;

namespace AlmaPurge.Core.Alma;

/// <summary>
/// Sends requests: one at a time gets a slot, a permit and the key. Reads are repeated while it makes sense, each
/// attempt with a permit of its own; whatever changes Alma is sent once.
/// </summary>
internal sealed class AlmaTransport : IDisposable
{
    private readonly AlmaClientOptions _options;
    private readonly KeyGuard _key;
    private readonly AlmaAddress _address;
    private readonly ErrorFactory _errors;
    private readonly AnswerReader _answers;
    private readonly DailyQuota _quota;
    private readonly ConcurrencyLimiter _slots;
    private readonly PacedRateLimiter? _pace;
    private readonly ResiliencePipeline _retry;
    private readonly HttpMessageInvoker _http;
    private volatile bool _hasAnswered;

    public AlmaTransport(AlmaClientOptions options)
    {
        _options = options;
        _key = new KeyGuard(options.ApiKey);
        _address = new AlmaAddress(options.BaseAddress);
        _errors = new ErrorFactory(_key, _address, options.MaximumAttempts);
        _answers = new AnswerReader(_errors);
        _quota = new DailyQuota(options.Time, options.DailyCallFloor);
        _slots = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = options.MaximumConcurrency,
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        _pace = options.RequestsPerSecond > 0 ? new PacedRateLimiter(options.RequestsPerSecond, options.Time) : null;
        _retry = ReadRetry.Build(options);
        _http = options.Handler is null
            ? new HttpMessageInvoker(OwnHandler(options), disposeHandler: true)
            : new HttpMessageInvoker(options.Handler, disposeHandler: false);
        Facts = new AlmaClientFacts(
            _address.Base,
            options.RequestsPerSecond,
            options.MaximumConcurrency,
            options.DailyCallFloor,
            options.PollInterval,
            options.ReadingsApart,
            options.Time)
        {
            ArrivalTime = options.ArrivalTime,
            JobPatience = options.JobPatience,
            BusyInterval = options.BusyInterval,
            ReportWait = options.ReportWait,
        };
    }

    public AlmaClientFacts Facts { get; }

    public long? CallsLeftToday => _quota.Left;

    /// <summary>Reads, with repetition.</summary>
    public Task<AlmaAnswer> GetAsync(AlmaRequest request, CancellationToken cancellationToken)
    {
        if (!request.IsRead)
        {
            throw new InvalidOperationException($"{request.Method} is not a read.");
        }

        Reading reading = new(this, request);
        return _retry.ExecuteAsync(
            static (Reading state, CancellationToken token) => state.NextAttemptAsync(token),
            reading,
            cancellationToken).AsTask();
    }

    /// <summary>Sends a change, exactly once.</summary>
    public Task<AlmaAnswer> SendOnceAsync(AlmaRequest request, CancellationToken cancellationToken) =>
        AttemptAsync(request, 1, cancellationToken);

    /// <summary>The error for a well-formed answer that lacks what it must have.</summary>
    public AlmaApiException Unexpected(AlmaRequest request, string what) => _errors.Incomplete(request, what);

    public void Dispose()
    {
        _http.Dispose();
        _slots.Dispose();
        _pace?.Dispose();
    }

    private static SocketsHttpHandler OwnHandler(AlmaClientOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        // Gateways move; a connection that lives for days would not notice.
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        MaxConnectionsPerServer = options.MaximumConcurrency,
    };

    private async Task<AlmaAnswer> AttemptAsync(AlmaRequest request, int attempt, CancellationToken cancellationToken)
    {
        Uri uri = _address.Resolve(request.Path, request.Query);
        using RateLimitLease slot = await _slots.AcquireAsync(1, cancellationToken).ConfigureAwait(false);
        using RateLimitLease? permit = _pace is null
            ? null
            : await _pace.AcquireAsync(1, cancellationToken).ConfigureAwait(false);

        // Looked at after the wait: while this one stood in line, others have used up calls.
        if (_quota.Left is long left && left < _quota.Floor)
        {
            throw _errors.BelowFloor(request, left, _quota.Floor);
        }

        using CancellationTokenSource timeout = new(_options.RequestTimeout, _options.Time);
        using CancellationTokenSource both =
            CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await ExchangeAsync(request, uri, permit, attempt, both.Token).ConfigureAwait(false);
        }
        catch (Exception cause) when (TransportFault.Is(cause))
        {
            // A connection that is torn down by a stop looks like any other trouble.
            cancellationToken.ThrowIfCancellationRequested();
            throw TransportFault.Explain(_errors, request, cause, attempt, _hasAnswered);
        }
    }

    private async Task<AlmaAnswer> ExchangeAsync(
        AlmaRequest request,
        Uri uri,
        RateLimitLease? permit,
        int attempt,
        CancellationToken cancellationToken)
    {
        using HttpRequestMessage message = Message(request, uri);
        Task<HttpResponseMessage> sending = _http.SendAsync(message, cancellationToken);

        // Now it is on its way; the second that Alma counts begins here.
        permit?.Dispose();
        using HttpResponseMessage response = await sending.ConfigureAwait(false);
        byte[] bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        _hasAnswered = true;
        _quota.Note(response.Headers);
        string? body = BodyText.Decode(bytes);
        if (body is null)
        {
            throw _errors.Unreadable(request, (int)response.StatusCode, "an answer that is not UTF-8", attempt);
        }

        if (!response.IsSuccessStatusCode)
        {
            throw Failed(request, response, body, attempt);
        }

        return _answers.Read(request, response, body, attempt);
    }

    private HttpRequestMessage Message(AlmaRequest request, Uri uri)
    {
        HttpRequestMessage message = new(request.Method, uri);
        _key.Authorize(message);
        message.Headers.TryAddWithoutValidation("Accept", request.WantsXml ? "application/xml" : "application/json");
        if (request.Body is not null)
        {
            message.Content = new StringContent(request.Body, System.Text.Encoding.UTF8, "application/json");
        }
        else if (!request.IsRead || request.MovesCursor)
        {
            // Seen: .NET sends a request without a body up to four times by itself when the line is closed before an
            // answer, a DELETE too. By then the id may answer for somebody else, and a report has gone on to its next
            // page. With a body, be it empty, it does not.
            message.Content = new ByteArrayContent([]);
        }

        return message;
    }

    private AlmaApiException Failed(AlmaRequest request, HttpResponseMessage response, string body, int attempt)
    {
        AlmaApiException error = _errors.FromAnswer(request, response, body, attempt);
        if (error.Kind == AlmaErrorKind.RateLimit)
        {
            // The others that stand in line would only be turned away too.
            _pace?.HoldOff(error.RetryAfter ?? _options.RetryDelay);
        }

        return error;
    }

    private sealed class Reading(AlmaTransport transport, AlmaRequest request)
    {
        private int _attempts;

        public ValueTask<AlmaAnswer> NextAttemptAsync(CancellationToken cancellationToken) =>
            new(transport.AttemptAsync(request, ++_attempts, cancellationToken));
    }
}
