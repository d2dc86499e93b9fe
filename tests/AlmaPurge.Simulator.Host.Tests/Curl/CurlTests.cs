namespace AlmaPurge.Simulator.Host.Tests.Curl;

/// <summary>The documented calls, made by a client that is none of ours, answer as documented.</summary>
public sealed class CurlTests(CurlHost host) : IClassFixture<CurlHost>
{
    public static TheoryData<string> Names { get; } = [.. RecordedCalls.All.Select(c => c.Name)];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task A_documented_call_answers_as_documented(string name)
    {
        Curl.SkipWithout();
        RecordedCall call = RecordedCalls.All.Single(c => c.Name == name);
        CurlAnswer answer = await host.CallAsync(call);
        Assert.True(answer.Status == call.Status, $"{answer.Status} {answer.Body}");
        Assert.True(answer.Headers.ContainsKey("X-Exl-Api-Remaining"));
        if (call.Form.Length == 0)
        {
            Assert.Empty(answer.Body);
            return;
        }

        // The spelling that is seen of Alma; a public client looks for it letter by letter.
        Assert.Equal($"application/{call.Form};charset=UTF-8", answer.ContentType);
        Assert.All(call.Shape, expectation => Shape.Check(answer, expectation));
    }
}
