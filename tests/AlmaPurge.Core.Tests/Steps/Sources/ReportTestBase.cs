using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Import;
using AlmaPurge.Core.Steps.Subtract;
using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tests.Alma;
using AlmaPurge.Core.Tests.Steps.Import;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps.Sources;

/// <summary>Reads reports of a simulator, or of a server that answers what it is told to.</summary>
public abstract class ReportTestBase : ImportTestBase
{
    private protected static AlmaSimulator NewSimulator(SimulatorOptions? options = null) =>
        AlmaSimulator.Create((options ?? new SimulatorOptions()) with { RequestsPerSecond = 0 });

    private protected static AlmaClient Connect(AlmaSimulator simulator, int attempts = 5) => new(new AlmaClientOptions
    {
        BaseAddress = simulator.BaseAddress,
        ApiKey = simulator.ApiKey,
        Handler = simulator.CreateHandler(),
        RequestsPerSecond = 0,
        MaximumAttempts = attempts,
        RetryDelay = TimeSpan.FromMilliseconds(1),
        ReportWait = TimeSpan.FromMilliseconds(1),
    });

    private protected async Task<TableSource> ReportAsync(
        AlmaClient client, string path, string? filter = null, TableOptions? options = null) =>
        (await ReportSource.OfPatrons(client, Said).ReadAsync([path], filter, options ?? TableOptions.Default, default)).Single();

    private protected async Task<TableSource> ReportAsync(FakeAlma alma, TableOptions? options = null)
    {
        using AlmaClient client = alma.Connect();
        return await ReportAsync(client, "/shared/Reports/who", options: options);
    }

    private protected ImportedPatrons ReadTables(params TableSource[] tables) =>
        new ImportStep(Said).Read(tables, CancellationToken.None);

    private protected async Task<FinesTable> FinesAsync(AlmaClient client, string path, bool allowEmpty = false, string? filter = null) =>
        FinesTable.Load(
            await ReportSource.OfFines(client, Said).ReadAsync([path], filter, TableOptions.Default, default),
            allowEmpty,
            Said,
            CancellationToken.None);

    /// <summary>Everybody who stays, with all that is said of it.</summary>
    private protected static List<string> Exclusions(PurgeRun run) =>
        [.. run.Patrons.Exclusions().Select(e => $"{e.PrimaryId}|{e.Step}|{string.Join(',', e.Rules)}|{e.Evidence}")];
}
