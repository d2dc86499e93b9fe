using AlmaPurge.Simulator.Tests;

namespace AlmaPurge.Simulator.Host.Tests.OverHttp;

/// <summary>The way over HTTP: each client has a host of its own, at a free port of this machine.</summary>
public sealed class HttpDoor : ITestDoor
{
    public TestClient Open(SimulatorOptions options)
    {
        HostedSimulator host = new(options);
        return new TestClient(host.Simulator, new HttpClient(host) { BaseAddress = host.Address });
    }

    /// <summary>A real connection to a host that ends with it.</summary>
    private sealed class HostedSimulator : DelegatingHandler
    {
        private readonly SimulatorServer _server;

        public HostedSimulator(SimulatorOptions options)
            : base(new SocketsHttpHandler { UseProxy = false })
        {
            _server = SimulatorServer.Create(new HostOptions { Port = 0 }, options);
            _server.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        }

        public AlmaSimulator Simulator => _server.Simulator;

        public Uri Address => _server.BaseAddress;

        protected override void Dispose(bool disposing)
        {
            // The connections first: a server that still has some waits for them.
            base.Dispose(disposing);
            if (disposing)
            {
                _server.RunUntilAsync(new CancellationToken(canceled: true)).GetAwaiter().GetResult();
                _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
        }
    }
}
