using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Tests.Steps;

namespace AlmaPurge.Core.Tests.Runs;

/// <summary>A run that is to be kept until a day is not deleted before, unless forced.</summary>
public sealed class RetentionTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ShiftedTime _time = new();

    private DateOnly Today => DateOnly.FromDateTime(_time.GetLocalNow().Date);

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public void Run_is_kept_until_the_day_has_passed(int days)
    {
        PurgeRun run = Make(Today.AddDays(days));

        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => RunStore.Remove(run));
        Assert.Equal("RunRetained", error.Id);
        Assert.Contains(FormattableString.Invariant($"{Today.AddDays(days):yyyy-MM-dd}"), error.Message, StringComparison.Ordinal);
        Assert.Contains("-Force", error.NextStep, StringComparison.Ordinal);
        Assert.True(Directory.Exists(run.Folder));

        RunStore.Remove(run, force: true);
        Assert.False(Directory.Exists(run.Folder));
    }

    [Fact]
    public void Run_may_go_on_the_day_after()
    {
        PurgeRun run = Make(Today.AddDays(-1));

        RunStore.Remove(run);

        Assert.False(Directory.Exists(run.Folder));
    }

    [Fact]
    public async Task Force_does_not_delete_an_unfinished_run()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();

        Assert.Equal("RunUnfinished", Assert.Throws<AlmaPurgeException>(() => RunStore.Remove(world.Run, force: true)).Id);
    }

    public void Dispose() => _folder.Dispose();

    private PurgeRun Make(DateOnly retainUntil) => new RunStore(_folder.Path, _time).Create(
        new PurgeCriteria { UserGroup = "UNDRGRD", ExpiredBefore = new DateOnly(2025, 1, 1) },
        preview: false,
        new RunKeeping(RetainUntil: retainUntil));
}
