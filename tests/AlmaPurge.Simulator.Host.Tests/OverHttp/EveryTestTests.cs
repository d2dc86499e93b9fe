using AlmaPurge.Simulator.Tests;
using AlmaPurge.Simulator.Tests.Faults;

namespace AlmaPurge.Simulator.Host.Tests.OverHttp;

/// <summary>Each class that tests an endpoint or a fault embedded has a sister here that does so over HTTP.</summary>
public sealed class EveryTestTests
{
    [Fact]
    public void Each_test_of_an_endpoint_runs_over_HTTP_too()
    {
        Type[] classes = [.. typeof(EndpointTests).Assembly.GetTypes()
            .Where(t => t.IsAbstract && t.IsSubclassOf(typeof(EndpointTests)))];
        Assert.NotEmpty(classes);
        Assert.All(classes, HasSister);
    }

    [Fact]
    public void Each_test_of_a_fault_runs_over_HTTP_too()
    {
        Type[] classes = [.. typeof(FaultTestBase).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(FaultTestBase)))];
        Assert.NotEmpty(classes);
        Assert.All(classes, HasSister);
    }

    private static void HasSister(Type tests)
    {
        Assert.True(
            typeof(EveryTestTests).Assembly.GetTypes().Any(t => t.IsPublic && t.IsSubclassOf(tests)),
            $"{tests.Name} has no class in OverHttp that runs it over HTTP. Add one, as in HttpEndpointTests.cs.");
    }
}
