using AlmaPurge.Simulator.Tests;
using AlmaPurge.Simulator.Tests.Faults;

namespace AlmaPurge.Simulator.Host.Tests.OverHttp;

/// <summary>The tests of faults over HTTP.</summary>
public sealed class HttpFaultTests : FaultTests
{
    protected override ITestDoor Door { get; } = new HttpDoor();
}

/// <summary>The same for what happens between two steps.</summary>
public sealed class HttpBetweenFaultTests : BetweenFaultTests
{
    protected override ITestDoor Door { get; } = new HttpDoor();
}

/// <summary>The same for jobs.</summary>
public sealed class HttpJobFaultTests : JobFaultTests
{
    protected override ITestDoor Door { get; } = new HttpDoor();
}

/// <summary>The same for trouble on the way.</summary>
public sealed class HttpLineFaultTests : LineFaultTests
{
    protected override ITestDoor Door { get; } = new HttpDoor();
}
