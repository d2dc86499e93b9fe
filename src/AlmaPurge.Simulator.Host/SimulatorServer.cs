using System.Net;
using System.Net.Sockets;
using AlmaPurge.Simulator.Host.Control;
using AlmaPurge.Simulator.Host.Forwarding;
using AlmaPurge.Simulator.Host.Guards;
using AlmaPurge.Simulator.Host.Pages;
using Microsoft.AspNetCore.HostFiltering;

namespace AlmaPurge.Simulator.Host;

/// <summary>One make-believe Alma behind one port.</summary>
internal sealed class SimulatorServer : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly Socket _socket;
    private readonly WebApplication _app;

    private SimulatorServer(HostOptions options, SimulatorOptions library, Socket socket)
    {
        _socket = socket;
        int port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        BaseAddress = new UriBuilder("http", NameOf(options.Listen), port).Uri;
        Simulator = AlmaSimulator.Create(library with { BaseAddress = BaseAddress });
        _app = Build(options);
    }

    /// <summary>Where it is reached; links in its answers begin with it.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The library behind it.</summary>
    public AlmaSimulator Simulator { get; }

    /// <summary>Takes the port and makes the library.</summary>
    /// <exception cref="SocketException">The port cannot be had.</exception>
    /// <exception cref="ArgumentException">A fault is not known.</exception>
    public static SimulatorServer Create(HostOptions options) => Create(options, options.ToSimulatorOptions());

    /// <summary>The same for a library with options that the command line does not have.</summary>
    public static SimulatorServer Create(HostOptions options, SimulatorOptions library)
    {
        // The port comes first: links need its number, and nobody should wait for a library that cannot be served.
        Socket socket = new(options.Listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(options.Listen, options.Port));
            socket.Listen();
            return new SimulatorServer(options, library, socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Listens.</summary>
    public Task StartAsync(CancellationToken stop) => _app.StartAsync(stop);

    /// <summary>Serves until told to stop; whoever still waits for an answer is cut off soon after.</summary>
    public async Task RunUntilAsync(CancellationToken stop)
    {
        await Task.Delay(Timeout.Infinite, stop).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
        using CancellationTokenSource patience = new(s_patience);
        await _app.StopAsync(patience.Token).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync().ConfigureAwait(false);
        _socket.Dispose();
    }

    private static string NameOf(IPAddress listen)
    {
        return listen.Equals(IPAddress.Any) || listen.Equals(IPAddress.IPv6Any) ? Dns.GetHostName() : listen.ToString();
    }

    private WebApplication Build(HostOptions options)
    {
        // An empty builder: nothing of the surroundings, such as ASPNETCORE_URLS, changes what is served.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen((IPEndPoint)_socket.LocalEndPoint!);
        });
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = _ => _socket);
        builder.Services.AddLogging();
        builder.Services.AddRouting();
        builder.Services.AddProblemDetails();
        builder.Services.AddRazorComponents();
        builder.Services.AddSingleton(Simulator);
        builder.Services.AddSingleton<AlmaForwarder>();
        builder.Services.Configure<HostFilteringOptions>(o => o.AllowedHosts = AllowedHosts(options));
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(o => o.ShutdownTimeout = s_patience);
        WebApplication app = builder.Build();
        app.UseHostFiltering();
        app.Use(SameOrigin.CheckAsync);
        app.UseWhen(AlmaForwarder.Concerns, alma => alma.Run(
            context => context.RequestServices.GetRequiredService<AlmaForwarder>().ForwardAsync(context)));
        app.UseRouting();
        ControlEndpoints.Map(app);
        StaffPages.Map(app);
        return app;
    }

    // A page elsewhere whose name was made to mean this machine must not get at it.
    private static string[] AllowedHosts(HostOptions options)
    {
        return options.IsLoopback ? ["localhost", "*.localhost", "127.0.0.1", "[::1]"] : ["*"];
    }
}
