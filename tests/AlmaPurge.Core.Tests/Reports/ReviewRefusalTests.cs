using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using DocumentFormat.OpenXml.Spreadsheet;

namespace AlmaPurge.Core.Tests.Reports;

/// <summary>What a review refuses, in words that say what and where.</summary>
public sealed class ReviewRefusalTests : ReviewTestBase
{
    [Fact]
    public async Task Review_of_nobody_or_of_a_purge_that_was_started_is_refused()
    {
        PurgeRun empty = NewRun();
        Assert.Contains(
            $"Nobody was imported into the run {empty.RunId} yet.",
            (await RefusedAsync("NothingImported", () => ExportAsync(empty))).Message,
            StringComparison.Ordinal);
        PurgeRun run = ImportPatrons();
        run.Update(d => d with
        {
            Purge = new(AlmaPurgeRoute.SetJob, 3, DateTimeOffset.UnixEpoch, "QUEUED", false, "M973", "1"),
        });

        AlmaPurgeException late = await RefusedAsync("PurgeAlreadyStarted", () => ExportAsync(run));

        Assert.Contains($"A purge of the run {run.RunId} was started (QUEUED), so a review comes too late.", late.Message, StringComparison.Ordinal);
        Assert.Equal("Pipe the run to Confirm-AlmaPurge.", late.NextStep);
    }

    [Fact]
    public async Task Place_that_will_not_do_is_named()
    {
        PurgeRun run = ImportPatrons();
        string path = await ExportAsync(run);
        AlmaPurgeException there = await RefusedAsync("FileExists", () => ExportAsync(run, with: o => o with { Path = path }));
        AlmaPurgeException inFolder = await RefusedAsync(
            "ReviewInRunFolder",
            () => ExportAsync(run, with: o => o with { Path = Path.Combine(run.Folder!, "x.xlsx"), IncludedColumns = ["Full Name"] }));

        Assert.Contains($"There is a file '{path}' already, and it may hold vetoes.", there.Message, StringComparison.Ordinal);
        Assert.Contains("With -IncludeColumn the workbook may hold names", inFolder.Message, StringComparison.Ordinal);
        Assert.Contains(
            "3 of 3 patrons who would go have no live check yet, so the workbook says little of them, and some of them will stay. Pipe the run to Confirm-AlmaPurgeCandidate first.",
            Said.Warnings);
    }

    [Fact]
    public async Task Folder_that_is_not_there_is_told_as_such()
    {
        PurgeRun run = ImportPatrons();
        string nowhere = Path.Combine(Folder, "nowhere", "x.xlsx");

        AlmaPurgeException missing = await RefusedAsync("FileNotWritten", () => ExportAsync(run, with: o => o with { Path = nowhere }));

        Assert.Equal(nowhere, missing.Target);
        Assert.Contains($"The workbook '{nowhere}' could not be written: ", missing.Message, StringComparison.Ordinal);
        Assert.Contains("See whether the folder exists", missing.NextStep, StringComparison.Ordinal);
        Assert.Empty(run.Document.Reviews);
    }

    [Fact]
    public async Task Row_that_was_put_in_is_told_with_what_is_wrong()
    {
        PurgeRun run = ImportPatrons();
        string added = await ExportAsync(run);
        ChangeGoing(added, data => data.Append(new Row(Text("0099")) { RowIndex = 5 }));
        string twice = await ExportAsync(run);
        ChangeGoing(twice, data => data.Append(new Row(Text("0001")) { RowIndex = 5 }));
        string foreign = await ExportAsync(ImportPatrons());

        Assert.Contains("was not among those who would go when the workbook was written", await MessageAsync("ReviewIdsAdded", added), StringComparison.Ordinal);
        Assert.Contains("is there twice", await MessageAsync("ReviewIdsTwice", twice), StringComparison.Ordinal);
        Assert.Contains(
            $"{Path.GetFileName(foreign)} is a review of the run {ImportReviewStep.RunIdOf(foreign)}, not of {run.RunId}.",
            await MessageAsync("ReviewOfOtherRun", foreign),
            StringComparison.Ordinal);

        async Task<string> MessageAsync(string id, string path) => (await RefusedAsync(id, () => TakeOverAsync(run, path))).Message;
    }

    [Fact]
    public async Task Review_that_the_run_does_not_know_is_refused()
    {
        PurgeRun run = ImportPatrons();
        string path = await ExportAsync(run);
        run.Update(d => d with { Reviews = [] });

        AlmaPurgeException error = await RefusedAsync("ReviewUnknown", () => TakeOverAsync(run, path));

        Assert.Contains($"The run {run.RunId} knows no review 1, which {Path.GetFileName(path)} says it is.", error.Message, StringComparison.Ordinal);
        Assert.Contains("Write a review with Export-AlmaPurgeReview", error.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_review_that_was_read_back_counts_as_read_and_a_whole_one_says_nothing()
    {
        PurgeRun run = ImportPatrons();
        string first = await ExportAsync(run);
        await ExportAsync(run);
        int said = Said.Warnings.Count;

        await TakeOverAsync(run, first);

        Assert.Equal([true, false], run.Document.Reviews.Select(r => r.ReadAt is not null));
        Assert.Equal(said, Said.Warnings.Count);
    }

    [Theory]
    [InlineData("report.csv", null)]
    [InlineData(null, "1234")]
    public async Task Columns_of_what_came_through_the_API_cannot_be_read_again(string? report, string? set)
    {
        PurgeRun run = ImportPatrons();
        run.Update(d => d with { Inputs = [d.Inputs[0] with { Name = "Expired", Report = report is null ? null : "/shared/x/Expired", SetId = set }] });

        AlmaPurgeException error = await RefusedAsync("ReviewInputNotFound", () => ExportAsync(run, with: With("Full Name")));

        Assert.Equal(
            "The patrons were imported from 'Expired' through the API, and no column of it was kept but those that the rules need. "
                + "Leave -IncludeColumn out, or export the report to a file and start the run from that.",
            error.Message);
    }

    [Fact]
    public async Task Input_that_is_gone_or_changed_is_told_as_such()
    {
        PurgeRun run = ImportPatrons();
        string path = Path.Combine(Folder, "patrons.csv");
        await File.AppendAllTextAsync(path, "0005,Loe Ed,UNDRGRD,2020-05-01,Public,\n");
        string other = Export("other.csv");

        AlmaPurgeException changed = await RefusedAsync(
            "ReviewInputChanged", () => ExportAsync(run, with: o => With("Full Name")(o) with { InputPaths = [path, other] }));
        File.Delete(path);
        AlmaPurgeException gone = await RefusedAsync("ReviewInputNotFound", () => ExportAsync(run, with: With("Full Name")));

        Assert.Equal("'patrons.csv' is not what it was when it was imported, so its columns may belong to others. Give the file as it was imported with -InputPath.", changed.Message);
        Assert.Equal("The columns are read again from 'patrons.csv', and no file with the same content was found. Give the file as it was imported with -InputPath.", gone.Message);
    }

    [Fact]
    public async Task Column_that_is_not_there_is_told_with_those_that_are()
    {
        AlmaPurgeException error = await RefusedAsync("ReviewColumnUnknown", () => ExportAsync(ImportPatrons(), with: With("Nickname")));

        Assert.EndsWith(
            "has no column 'Nickname'. It has: 'Primary Identifier', 'Full Name', 'User Group Code', 'Expiry Date', 'User Record Type', 'E-mail'.",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_of_a_run_with_pseudonyms_gets_no_workbook_at_all()
    {
        PurgeRun run = Store.Create(new PurgeCriteria { UserGroup = "UNDRGRD", ExpiredBefore = Cutoff, Pseudonymize = true }, preview: false);
        Import(run, Read(Write(Patrons)));

        AlmaPurgeException error = await RefusedAsync(
            "ReviewInRunFolder", () => ExportAsync(run, with: o => o with { Path = Path.Combine(run.Folder!, "x.xlsx") }));

        Assert.StartsWith("The workbook names patrons, and the folder of a run with pseudonyms names none.", error.Message, StringComparison.Ordinal);
    }

    private static Func<ExportReviewOptions, ExportReviewOptions> With(string column) => o => o with { IncludedColumns = [column] };
}
