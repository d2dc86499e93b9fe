using System.Text;
using AlmaPurge.Core.Steps.Subtract;

namespace AlmaPurge.Core.Tests.Steps.Subtract;

public sealed class IdFilterTests
{
    [Fact]
    public void Nobody_who_is_in_it_is_ever_missed()
    {
        string[] ids = [.. Enumerable.Range(0, 20_000).Select(i => $"{new string('x', i % 11)}Ab.{i}@{i % 7}"), "a.Öztürk@uni/42", ""];
        IdFilter filter = new(ids);

        Assert.All(ids, id => Assert.True(MayHave(filter, id)));
        Assert.All(ids, id => Assert.True(MayHave(filter, id.ToUpperInvariant())));
        Assert.All(ids, id => Assert.True(MayHave(filter, id.ToLowerInvariant())));
    }

    [Fact]
    public void Nearly_everybody_else_is_told_apart()
    {
        IdFilter filter = new([.. Enumerable.Range(0, 50_000).Select(i => $"{i * 20:D8}")]);

        int others = Enumerable.Range(0, 1_000_000).Count(i => i % 20 != 0 && MayHave(filter, $"{i:D8}"));

        Assert.InRange(others, 0, 100_000);
        // The hash of letters beyond ASCII differs from process to process, so a single one proves nothing.
        Assert.InRange(Enumerable.Range(0, 1000).Count(i => MayHave(filter, $"a.Öztürk@uni/{i}")), 0, 150);
    }

    [Fact]
    public void Empty_filter_has_nobody() => Assert.False(MayHave(new IdFilter([]), "x"));

    private static bool MayHave(IdFilter filter, string id) => filter.MayHave(Encoding.UTF8.GetBytes(id));
}
