using Xunit.Abstractions;

namespace AlmaPurge.Module.Tests;

/// <summary>One result for each Pester file, of one run of all of them in a real engine.</summary>
public sealed class PesterTests : IClassFixture<PesterSuite>
{
    private readonly PesterSuite _suite;
    private readonly ITestOutputHelper _output;

    public PesterTests(PesterSuite suite, ITestOutputHelper output)
    {
        _suite = suite;
        _output = output;
    }

    public static TheoryData<string> Files =>
        [.. new DirectoryInfo(Repository.PesterFolder).GetFiles("*.Tests.ps1").Select(static file => file.Name).Order()];

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Pester(string file)
    {
        if (_suite.Missing is { } reason)
        {
            Assert.False(PesterSuite.IsRequired, reason);
            Skip.If(true, reason);
        }

        if (_suite.Result?.Files is not { } files || _suite.ExitCode is not (0 or 1))
        {
            Assert.Fail("The child pwsh broke off:" + Environment.NewLine + _suite.Output);
            return;
        }

        PesterFileResult? result = files.SingleOrDefault(candidate => candidate.File == file);
        Assert.True(result is not null, $"{file} was not run.");
        _output.WriteLine($"{file}: {result.Passed} passed, {result.Failed} failed, {result.Skipped} skipped.");
        _output.WriteLine(_suite.Result.Summary ?? string.Empty);

        Assert.True(
            result is { Failed: 0, Broken: false },
            $"{result.Failed} of {file} failed:{Environment.NewLine}" + string.Join(Environment.NewLine, result.Failures));
        Assert.True(result.Passed > 0, $"{file} ran no test.");
    }
}
