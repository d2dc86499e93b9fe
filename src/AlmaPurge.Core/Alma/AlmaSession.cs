namespace AlmaPurge.Core.Alma;

/// <summary>A connection at work: who it reaches, and the client that does the talking.</summary>
public sealed class AlmaSession : IDisposable
{
    // Both names are seen in public code that reads these tables; neither is documented.
    private const string RoleTypesTable = "HFrUserRoles.roleType";
    private const string BlockTypesTable = "UserBlockTypes";

    private readonly AlmaClient _client;
    private readonly AlmaGeneralConfiguration _general;

    private AlmaSession(AlmaClient client, AlmaGeneralConfiguration general)
    {
        _client = client;
        _general = general;
    }

    /// <summary>What users see of it.</summary>
    public AlmaConnection Connection { get; private set; } = null!;

    /// <summary>Everything that can be asked without changing anything.</summary>
    public IAlmaReader Reader => _client;

    /// <summary>The institution's user groups as they were when the connection was made.</summary>
    public IReadOnlyList<AlmaCodeTableRow> UserGroups { get; private set; } = [];

    /// <summary>The institution's role types as they were when the connection was made; empty if they could not be read.</summary>
    public IReadOnlyList<AlmaCodeTableRow> RoleTypes { get; private set; } = [];

    /// <summary>The institution's user block types, likewise.</summary>
    public IReadOnlyList<AlmaCodeTableRow> BlockTypes { get; private set; } = [];

    /// <summary>Whether it was ended.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Clock of the connection.</summary>
    public TimeProvider Time => _client.Facts.Time;

    /// <summary>
    /// Connects: asks Alma which institution and environment the key reaches. An environment that is not understood
    /// counts as production.
    /// </summary>
    /// <param name="options">Host, key, limits.</param>
    /// <param name="simulated">Whether the simulator answers.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="AlmaApiException">Host, key or permission do not fit.</exception>
    public static async Task<AlmaSession> ConnectAsync(
        AlmaClientOptions options,
        bool simulated,
        CancellationToken cancellationToken)
    {
        AlmaClient client = new(options);
        try
        {
            AlmaGeneralConfiguration general =
                await client.GetGeneralConfigurationAsync(cancellationToken).ConfigureAwait(false);
            AlmaSession session = new(client, general)
            {
                UserGroups = await client.GetCodeTableAsync("UserGroups", cancellationToken).ConfigureAwait(false),
                RoleTypes = await TableIfAnyAsync(client, RoleTypesTable, cancellationToken).ConfigureAwait(false),
                BlockTypes = await TableIfAnyAsync(client, BlockTypesTable, cancellationToken).ConfigureAwait(false),
            };
            session.Connection = new AlmaConnection(
                general.InstitutionCode,
                general.InstitutionName,
                EnvironmentOf(general, simulated),
                options.BaseAddress,
                options.RequestsPerSecond,
                options.DailyCallFloor,
                () => client.CallsLeftToday,
                session);
            return session;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>The writer, for whoever can show that somebody agreed.</summary>
    public IAlmaWriter GetWriter(WriteApproval approval) => _client.GetWriter(approval);

    /// <summary>
    /// Asks once more which institution and environment the key reaches. Somebody may have moved the key meanwhile: it
    /// alone decides where requests go (documented), and a connection may be days old.
    /// </summary>
    /// <returns>What is reached now, if it is another one; null if it is the same.</returns>
    public async Task<string?> FindOtherPlaceAsync(CancellationToken cancellationToken)
    {
        AlmaGeneralConfiguration now = await Reader.GetGeneralConfigurationAsync(cancellationToken).ConfigureAwait(false);
        bool isSame = now.InstitutionCode.Equals(_general.InstitutionCode, StringComparison.OrdinalIgnoreCase)
            && now.Environment == _general.Environment;
        return isSame ? null : $"{now.InstitutionCode} ({now.EnvironmentText})";
    }

    /// <summary>The day on which dates are judged: today where this process runs.</summary>
    public DateOnly Today() => DateOnly.FromDateTime(Time.GetLocalNow().DateTime);

    /// <inheritdoc/>
    public void Dispose()
    {
        IsClosed = true;
        _client.Dispose();
    }

    // These only help to notice a mistyped release, which releases nobody. So an institution that does not give them out
    // can connect, and so can a day whose last calls are needed elsewhere; an Alma that cannot be reached is told as such.
    private static async Task<IReadOnlyList<AlmaCodeTableRow>> TableIfAnyAsync(
        AlmaClient client, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetCodeTableAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (AlmaApiException e) when (e.Kind is AlmaErrorKind.Forbidden or AlmaErrorKind.NotFound or AlmaErrorKind.Refused
            or AlmaErrorKind.DailyLimit)
        {
            return [];
        }
    }

    // A simulator that was told to be a production is taken for one, to practise what is asked there.
    private static AlmaEnvironmentType EnvironmentOf(AlmaGeneralConfiguration general, bool simulated) =>
        general.Environment != AlmaEnvironment.Sandbox ? AlmaEnvironmentType.Production
            : simulated ? AlmaEnvironmentType.Simulated
            : AlmaEnvironmentType.Sandbox;
}
