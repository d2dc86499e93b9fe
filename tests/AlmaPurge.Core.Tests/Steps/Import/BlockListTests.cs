using AlmaPurge.Core.Steps.Import;

namespace AlmaPurge.Core.Tests.Steps.Import;

/// <summary>Rows of very large files: none of them is lost when there are more blocks than were thought of.</summary>
public sealed class BlockListTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(100)]
    public void Every_block_stays_where_it_was_put(int count)
    {
        BlockList<int> list = new();
        for (int i = 0; i < count; i++)
        {
            list.Add([i]);
            Assert.Equal(Enumerable.Range(0, i + 1), Enumerable.Range(0, list.Count).Select(n => list[n][0]));
        }
    }
}
