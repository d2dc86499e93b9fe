using System.Management.Automation;
using System.Security;
using AlmaPurge.Arguments;
using AlmaPurge.Connections;
using AlmaPurge.Core;
using AlmaPurge.Core.Alma;
using AlmaPurge.Pipeline;
using AlmaPurge.Simulator;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsCommunications.Connect, "Alma", DefaultParameterSetName = RegionSet)]
[OutputType(typeof(AlmaConnection))]
public sealed class ConnectAlmaCommand : AlmaAsyncCommand
{
    private const string RegionSet = "Region";
    private const string BaseUriSet = "BaseUri";
    private const string SimulatorSet = "Simulator";
    private const string KeyVariable = "ALMA_API_KEY";
    private const int DefaultRate = 10;

    // Its jobs take seconds, and its search index lags only where it was told to.
    private static readonly TimeSpan s_hostPoll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_hostReadingsApart = TimeSpan.FromMilliseconds(500);

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = RegionSet)]
    [ValidateSet("NorthAmerica", "Europe", "AsiaPacific", "Australia", "Canada", "China")]
    public string Region { get; set; } = "";

    [Parameter(Mandatory = true, ParameterSetName = BaseUriSet)]
    public Uri BaseUri { get; set; } = null!;

    [Parameter(ParameterSetName = RegionSet)]
    [Parameter(ParameterSetName = BaseUriSet)]
    public SecureString? ApiKey { get; set; }

    [Parameter]
    [ValidateRange(1, 25)]
    public int RequestsPerSecond { get; set; } = DefaultRate;

    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long DailyCallFloor { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = SimulatorSet)]
    public SwitchParameter Simulator { get; set; }

    [Parameter(ParameterSetName = SimulatorSet)]
    [ValidateRange(10, 200_000)]
    public int SimulatorUserCount { get; set; } = 300;

    [Parameter(ParameterSetName = SimulatorSet)]
    public int SimulatorSeed { get; set; } = 1;

    [Parameter(ParameterSetName = SimulatorSet)]
    [ValidatePattern(@"^[A-Za-z0-9_]+\z")]
    public string SimulatorInstitution { get; set; } = new SimulatorOptions().InstitutionCode;

    [Parameter(ParameterSetName = SimulatorSet)]
    [ArgumentCompleter(typeof(SimulatorFaultCompleter))]
    public string[] SimulatorFault { get; set; } = [];

    protected override void OnEnd()
    {
        AlmaConnection connection = Simulator.IsPresent ? ConnectSimulator() : ConnectInstitution();
        ConnectionStore.SetDefault(connection);
        WriteObject(connection);
    }

    private AlmaConnection ConnectInstitution()
    {
        Uri address = ParameterSetName == RegionSet ? AlmaRegions.All[Region] : BaseUri;
        string key = ReadKey();
        bool isSimulator = Await((_, stop) => SimulatorHost.AnswersAtAsync(address, stop));
        AlmaClientOptions usual = new() { BaseAddress = address, ApiKey = key };
        AlmaClientOptions options = new()
        {
            BaseAddress = address,
            ApiKey = key,
            RequestsPerSecond = RequestsPerSecond,
            DailyCallFloor = DailyCallFloor,
            PollInterval = isSimulator ? s_hostPoll : usual.PollInterval,
            ReadingsApart = isSimulator ? s_hostReadingsApart : usual.ReadingsApart,
            ReportWait = isSimulator ? s_hostPoll : usual.ReportWait,
        };
        return Await((_, stop) => AlmaSession.ConnectAsync(options, isSimulator, stop)).Connection;
    }

    private AlmaConnection ConnectSimulator()
    {
        // Waiting is no part of practising: unless a rate is asked for, neither side has one.
        bool isPaced = MyInvocation.BoundParameters.ContainsKey(nameof(RequestsPerSecond));
        AlmaSimulator simulator = CreateSimulator(isPaced);
        AlmaClientOptions options = new()
        {
            BaseAddress = simulator.BaseAddress,
            ApiKey = simulator.ApiKey,
            Handler = simulator.CreateHandler(),
            RequestsPerSecond = isPaced ? RequestsPerSecond : 0,
            DailyCallFloor = DailyCallFloor,
            PollInterval = TimeSpan.FromMilliseconds(100),
            ReadingsApart = TimeSpan.FromMilliseconds(20),
            ReportWait = TimeSpan.FromMilliseconds(20),
            RetryDelay = TimeSpan.FromMilliseconds(50),
            JobPatience = TimeSpan.FromSeconds(5),
            BusyInterval = TimeSpan.FromSeconds(1),
        };
        AlmaConnection connection =
            Await((_, stop) => AlmaSession.ConnectAsync(options, simulated: true, stop)).Connection;
        SimulatorStore.Add(connection, simulator);
        return connection;
    }

    private AlmaSimulator CreateSimulator(bool isPaced)
    {
        try
        {
            return AlmaSimulator.Create(new SimulatorOptions
            {
                UserCount = SimulatorUserCount,
                Seed = SimulatorSeed,
                InstitutionCode = SimulatorInstitution,
                Faults = SimulatorFault,
                RequestsPerSecond = isPaced ? 25 : 0,
            });
        }
        catch (ArgumentException e)
        {
            throw new AlmaPurgeException(
                "SimulatorFaultUnknown",
                AlmaPurgeErrorKind.InvalidArgument,
                e.Message.Split(" (Parameter")[0],
                "Press Tab after -SimulatorFault to see what it can do.",
                string.Join(", ", SimulatorFault),
                e);
        }
    }

    private string ReadKey()
    {
        string? key = ApiKey is null
            ? Environment.GetEnvironmentVariable(KeyVariable)
            : new System.Net.NetworkCredential("", ApiKey).Password;
        return string.IsNullOrWhiteSpace(key)
            ? throw new AlmaPurgeException(
                "ApiKeyMissing",
                AlmaPurgeErrorKind.InvalidArgument,
                $"There is no API key: neither -ApiKey nor the environment variable {KeyVariable} has one.",
                "Give it as -ApiKey (Read-Host -AsSecureString), or practise with Connect-Alma -Simulator.")
            : key.Trim();
    }
}
