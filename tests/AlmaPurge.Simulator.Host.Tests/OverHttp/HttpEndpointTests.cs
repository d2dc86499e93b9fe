using AlmaPurge.Simulator.Tests;
using AlmaPurge.Simulator.Tests.Analytics;
using AlmaPurge.Simulator.Tests.Configuration;
using AlmaPurge.Simulator.Tests.Jobs;
using AlmaPurge.Simulator.Tests.Sets;
using AlmaPurge.Simulator.Tests.Users;

namespace AlmaPurge.Simulator.Host.Tests.OverHttp;

// Each test of an endpoint once more, over HTTP. EveryTestTests tells when a line is missing.
public sealed class HttpConfigurationTests() : ConfigurationTests(new HttpDoor());

public sealed class HttpGatewayTests() : GatewayTests(new HttpDoor());

public sealed class HttpJobInstanceTests() : JobInstanceTests(new HttpDoor());

public sealed class HttpJobListTests() : JobListTests(new HttpDoor());

public sealed class HttpJobTests() : JobTests(new HttpDoor());

public sealed class HttpPurgeTests() : PurgeTests(new HttpDoor());

public sealed class HttpReportTests() : ReportTests(new HttpDoor());

public sealed class HttpSetCreateTests() : SetCreateTests(new HttpDoor());

public sealed class HttpSetMembersTests() : SetMembersTests(new HttpDoor());

public sealed class HttpSetReadTests() : SetReadTests(new HttpDoor());

public sealed class HttpSetTests() : SetTests(new HttpDoor());

public sealed class HttpUserAccountTests() : UserAccountTests(new HttpDoor());

public sealed class HttpUserDeleteTests() : UserDeleteTests(new HttpDoor());

public sealed class HttpUserGetTests() : UserGetTests(new HttpDoor());

public sealed class HttpUserListTests() : UserListTests(new HttpDoor());

public sealed class HttpUserPostTests() : UserPostTests(new HttpDoor());

public sealed class HttpUserPutTests() : UserPutTests(new HttpDoor());

public sealed class HttpUserReadTests() : UserReadTests(new HttpDoor());

public sealed class HttpUserWriteTests() : UserWriteTests(new HttpDoor());
