using AlmaPurge.Core.Steps.Subtract;

namespace AlmaPurge.Core.Tests.Steps.Subtract;

public sealed class IdFilterTests
{
    [Fact]
    public void Nobody_who_is_in_it_is_ever_missed()
    {
        string[] ids = [.. Enumerable.Range(0, 20_000).Select(i => $"{new string('x', i % 11)}Ab.{i}@{i % 7}"), "a.Öztürk@uni/42", ""];
        IdFilter filter = new(ids);

        Assert.All(ids, id => Assert.True(filter.MayHave(id)));
        Assert.All(ids, id => Assert.True(filter.MayHave(id.ToUpperInvariant())));
        Assert.All(ids, id => Assert.True(filter.MayHave(id.ToLowerInvariant())));
    }

    [Fact]
    public void Nearly_everybody_else_is_told_apart()
    {
        IdFilter filter = new([.. Enumerable.Range(0, 50_000).Select(i => $"{i * 20:D8}")]);

        int others = Enumerable.Range(0, 1_000_000).Count(i => i % 20 != 0 && filter.MayHave($"{i:D8}"));

        Assert.InRange(others, 0, 100_000);
        Assert.False(filter.MayHave("a.Öztürk@uni/42"));
    }

    [Fact]
    public void Empty_filter_has_nobody() => Assert.False(new IdFilter([]).MayHave("x"));
}
