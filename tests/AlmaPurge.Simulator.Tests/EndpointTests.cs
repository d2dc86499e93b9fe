namespace AlmaPurge.Simulator.Tests;

/// <summary>A way to a simulator: inside the process, or over HTTP.</summary>
public interface ITestDoor
{
    /// <summary>A client of a new simulator. Disposing the client closes what the door opened for it.</summary>
    TestClient Open(SimulatorOptions options);
}

/// <summary>The way inside the process: the simulator's own message handler.</summary>
public sealed class EmbeddedDoor : ITestDoor
{
    public TestClient Open(SimulatorOptions options)
    {
        return new TestClient(AlmaSimulator.Create(options));
    }
}

/// <summary>
/// Tests of an endpoint from outside. Each class is abstract and has a subclass for each door, so that the same tests
/// run embedded and over HTTP.
/// </summary>
public abstract class EndpointTests : IDisposable
{
    private readonly ITestDoor _door;
    private TestClient? _client;

    protected EndpointTests(ITestDoor door)
    {
        _door = door;
    }

    /// <summary>A client of a library of 200, without limits and with a clock that only tests move.</summary>
    protected TestClient Client => _client ??= Open(new SimulatorOptions
    {
        RequestsPerSecond = 0, Now = TestClient.Noon, UserCount = 200,
    });

    protected AlmaSimulator Simulator => Client.Simulator;

    /// <summary>A client of its own in place of the usual one.</summary>
    protected TestClient Use(SimulatorOptions options)
    {
        _client?.Dispose();
        return _client = Open(options);
    }

    /// <summary>An empty library in place of the usual one.</summary>
    protected TestClient UseEmpty()
    {
        return Use(new SimulatorOptions { RequestsPerSecond = 0, Now = TestClient.Noon, UserCount = 0 });
    }

    public void Dispose()
    {
        _client?.Dispose();
        GC.SuppressFinalize(this);
    }

    private TestClient Open(SimulatorOptions options)
    {
        TestClient client = _door.Open(options);
        client.Simulator.Clock.Freeze();
        return client;
    }
}
