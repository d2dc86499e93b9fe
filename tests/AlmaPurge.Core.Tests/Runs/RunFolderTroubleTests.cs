using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Tests.Steps;

namespace AlmaPurge.Core.Tests.Runs;

/// <summary>A run folder that is gone or may not be written.</summary>
public sealed class RunFolderTroubleTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ShiftedTime _time = new();

    private RunStore Store => new(_folder.Path, _time);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Folder_that_is_gone_is_told_at_the_next_step()
    {
        PurgeRun run = Make();
        Directory.Delete(run.Folder!, recursive: true);

        Assert.Equal(
            "RunFolderUnavailable",
            Assert.Throws<AlmaPurgeException>(() => run.BeginStep(StepNames.Check)).Id);
        Assert.Equal(
            "RunFolderUnavailable",
            Assert.Throws<AlmaPurgeException>(() => run.Journal.Intend("CreateSet", new { name = "x" })).Id);
    }

    [SkippableFact]
    public void Folder_that_cannot_be_written_is_told_before_anything_is_done()
    {
        Skip.If(OperatingSystem.IsWindows() || Environment.UserName == "root", "Whoever may write everywhere is not kept out.");
        PurgeRun run = Make();
#pragma warning disable CA1416 // Skipped on Windows above.
        File.SetUnixFileMode(run.Folder!, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Assert.Equal(
                "RunFolderUnavailable",
                Assert.Throws<AlmaPurgeException>(() => run.BeginStep(StepNames.Check)).Id);
        }
        finally
        {
            File.SetUnixFileMode(run.Folder!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
#pragma warning restore CA1416
    }

    private PurgeRun Make(string group = "UNDRGRD") => Store.Create(
        new PurgeCriteria { UserGroup = group, ExpiredBefore = new DateOnly(2025, 1, 1) }, preview: false);
}
