namespace AlmaPurge.Simulator.Host.Tests;

/// <summary>One host for all tests of a class that change nothing in it.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    internal TestHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await TestHost.StartAsync();

    public async Task DisposeAsync() => await Host.DisposeAsync();
}
