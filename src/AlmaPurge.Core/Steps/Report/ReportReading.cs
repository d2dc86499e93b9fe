using System.Security.Cryptography;
using AlmaPurge.Core.Reports.Html;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Reads all that a report is made of. What cannot be read is left out and named as damage; nothing is guessed in its place.
/// </summary>
internal static class ReportReading
{
    // Of the files that list patrons not even the hash, where patrons are left out: a short list could be found by trying.
    private static readonly string[] s_plainFiles = [RunFolder.DocumentName, RunFolder.JournalName];

    private static readonly string[] s_patronFiles =
        [RunFolder.CandidatesName, RunFolder.ExclusionsName, RunFolder.ResultsName, RunFolder.KeepListName];

    /// <summary>Reads a run in whatever state it is.</summary>
    /// <param name="handle">A run, a preview, or a run that is damaged.</param>
    /// <param name="listsPatrons">Whether there is to be a table with each patron.</param>
    /// <param name="time">Clock.</param>
    public static ReportContents Read(IRunHandle handle, bool listsPatrons, TimeProvider time)
    {
        ReportContents contents = handle is BrokenRun broken ? OfBroken(broken, time) : OfRun((PurgeRun)handle, time);
        bool namesNobody = contents.Document?.Criteria.Pseudonymize != true || handle is not PurgeRun run || !run.IsPreview || run.HidesIds;
        contents = contents with { ListsPatrons = listsPatrons && namesNobody };
        if (handle is PurgeRun { IsPreview: true })
        {
            return contents;
        }

        RunFolder folder = new(handle is BrokenRun damaged ? damaged.Folder : ((PurgeRun)handle).Folder!);
        List<string> damage = [.. contents.Damage];
        JournalChain? journal = Try(folder, RunFolder.JournalName, damage, () =>
            folder.Has(RunFolder.JournalName) ? JournalChain.Read(folder.ReadText(RunFolder.JournalName)) : null);
        contents = contents with { Journal = journal };
        damage.AddRange(RecordGaps.Of(contents));
        return contents with
        {
            Damage = [.. damage.Distinct()],
            State = damage.Count > 0 ? AlmaPurgeRunState.Broken : contents.State,
            NextStep = damage.Count > 0 ? "restore the run folder from a backup" : contents.NextStep,
            Files = [.. s_plainFiles.Concat(contents.ListsPatrons ? s_patronFiles : []).Where(folder.Has).Select(name => FileOf(folder, name))],
        };
    }

    private static ReportContents OfRun(PurgeRun run, TimeProvider time)
    {
        AlmaPurgeRun model = run.ToModel();
        return new ReportContents
        {
            RunId = run.RunId,
            IsPreview = run.IsPreview,
            WrittenAt = time.GetUtcNow(),
            WrittenBy = Workplace.Current,
            State = model.State,
            NextStep = run.IsPreview ? "none: a preview is never applied" : model.NextStep,
            Document = run.Document,
            Patrons = run.Patrons,
            UnfinishedSteps = run.UnfinishedSteps,
            Results = run.Results,
            ShowId = run.ShowId,
        };
    }

    // The files speak for themselves here, so identifiers stay as they are stored.
    private static ReportContents OfBroken(BrokenRun broken, TimeProvider time)
    {
        RunFolder folder = new(broken.Folder);
        List<string> damage = [];
        RunDocument? document = Try(folder, RunFolder.DocumentName, damage, () => RunStore.ReadDocument(folder));
        PatronTable? patrons = Try(folder, $"{RunFolder.CandidatesName} or {RunFolder.ExclusionsName}", damage, () =>
        {
            PatronTable table = new(broken.RunId);
            PatronFiles.ReadInto(folder, table, broken.RunId);
            return document is null || (table.CandidateCount >= document.CandidateCount && table.ExclusionCount >= document.ExclusionCount)
                ? table
                : throw new InvalidDataException();
        });
        IReadOnlyList<AlmaPurgeResult>? results =
            Try(folder, RunFolder.ResultsName, damage, () => PatronFiles.ReadResults(folder, broken.RunId));
        if (damage.Count == 0 && folder.Has(RunFolder.JournalName) && JournalChain.Read(folder.ReadText(RunFolder.JournalName)).DamagedLine is null)
        {
            damage.Add("The run cannot be opened: its keep list or the map of its tokens does not fit it.");
        }

        return new ReportContents
        {
            RunId = broken.RunId,
            WrittenAt = time.GetUtcNow(),
            WrittenBy = Workplace.Current,
            State = AlmaPurgeRunState.Broken,
            NextStep = "restore the run folder from a backup",
            Document = document,
            Patrons = patrons,
            UnfinishedSteps = document?.OpenSteps ?? [],
            Results = results ?? [],
            Damage = damage,
            ShowId = id => id,
        };
    }

    // The message would have the full path in it, which may hold a person's name.
    private static T? Try<T>(RunFolder folder, string name, List<string> damage, Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is AlmaPurgeException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            damage.Add($"{name} is {(folder.Has(name) || name.Contains(' ', StringComparison.Ordinal) ? "damaged, not whole, or not to be read" : "not there")}.");
            return null;
        }
    }

    private static ReportFile FileOf(RunFolder folder, string name)
    {
        using Stream stream = folder.Read(name);
        return new ReportFile(name, stream.Length, Convert.ToHexString(SHA256.HashData(stream)).ToLowerInvariant());
    }
}
