namespace AlmaPurge.Core.Alma;

/// <summary>
/// One connection to Alma: transport, rate limit and quota. Reading is what it is; for anything that changes Alma an
/// approval must be shown.
/// </summary>
public sealed partial class AlmaClient : IAlmaReader, IDisposable, IAsyncDisposable
{
    private readonly AlmaTransport _transport;

    /// <summary>Makes a connection. Sends nothing yet.</summary>
    /// <exception cref="AlmaPurgeException">The address is not https, or the key cannot be one.</exception>
    public AlmaClient(AlmaClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _transport = new AlmaTransport(options);
    }

    /// <inheritdoc/>
    public AlmaClientFacts Facts => _transport.Facts;

    /// <inheritdoc/>
    public long? CallsLeftToday => _transport.CallsLeftToday;

    /// <summary>Gives the part that can change Alma, to whoever has an approval.</summary>
    public IAlmaWriter GetWriter(WriteApproval approval)
    {
        ArgumentNullException.ThrowIfNull(approval);
        return new AlmaWriter(_transport, approval);
    }

    /// <summary>Ends the connection.</summary>
    public void Dispose() => _transport.Dispose();

    /// <summary>Ends the connection.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override string ToString() => _transport.Facts.BaseAddress.ToString();
}
