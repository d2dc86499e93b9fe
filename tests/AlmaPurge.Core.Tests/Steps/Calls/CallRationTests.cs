using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps.Calls;

/// <summary>Work on a patron begins only while today's calls surely suffice for it.</summary>
public sealed class CallRationTests
{
    [Theory]
    [InlineData(7, 1)]
    [InlineData(8, 2)]
    [InlineData(3, 0)]
    public async Task As_many_begin_as_surely_fit(int calls, int begun)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(1);
        await world.AllowCallsAsync(calls);
        CallRation ration = new(world.Session.Connection, mostForOne: 4);

        for (int i = 0; i < begun; i++)
        {
            Assert.True(await ration.TryBeginAsync(default));
        }

        // With somebody under way it is not known yet: they may take fewer.
        Task<bool> next = ration.TryBeginAsync(default).AsTask();
        Assert.Equal(begun == 0, next.IsCompleted);
        for (int i = 0; i < begun; i++)
        {
            await world.Session.Reader.GetUserAsync("p001", false, default);
            await world.Session.Reader.GetUserAsync("p001", false, default);
            ration.End();
        }

        Assert.Equal(calls - (2 * begun) >= 4, await next);
    }

    [Fact]
    public async Task Waiting_for_room_can_be_stopped()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(1);
        await world.AllowCallsAsync(4);
        CallRation ration = new(world.Session.Connection, mostForOne: 4);
        using CancellationTokenSource stop = new();
        Assert.True(await ration.TryBeginAsync(default));

        Task<bool> next = ration.TryBeginAsync(stop.Token).AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }
}
