using AlmaPurge.Core.Reports.Html;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>What the operator asks of a report.</summary>
public sealed record ExportReportOptions
{
    /// <summary>The page; null for the place in the run folder.</summary>
    public string? Path { get; init; }

    /// <summary>Whether a file that is there is replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Whether the table with each patron is left out.</summary>
    public bool NoPatronList { get; init; }
}

/// <summary>
/// Writes what a run came to as one page of HTML, for auditors. Reads the run alone, in whatever state it is, also one that
/// is damaged, and says nothing that its record does not prove. Sends no request.
/// </summary>
public sealed class ExportReportStep
{
    private static readonly string[] s_endings = [".html", ".htm"];

    private readonly IRunHandle _handle;
    private readonly ExportReportOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Makes the step.</summary>
    /// <param name="run">A run, a preview, or a run that is damaged.</param>
    /// <param name="options">What the operator asks of the page.</param>
    /// <param name="time">Clock.</param>
    /// <exception cref="AlmaPurgeException">The page cannot be where it is wanted, or a preview has no place for it.</exception>
    public ExportReportStep(AlmaPurgeRun run, ExportReportOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _time = time ?? TimeProvider.System;

        // As it is now, also where another process has gone on with it.
        _handle = FolderOf(run.Run) is { } folder
            ? new RunStore(System.IO.Path.GetDirectoryName(folder), _time).Find(folder).Run
            : run.Run;
        Path = PathOf(_handle);
    }

    /// <summary>The page.</summary>
    public string Path { get; }

    /// <summary>What would be done.</summary>
    public string Description => $"Write the report of the {(_handle.IsPreview ? "preview" : "run")} {_handle.RunId}{(_options.NoPatronList ? ", without its patrons," : "")} to '{Path}'.";

    /// <summary>Writes the page.</summary>
    /// <exception cref="AlmaPurgeException">It could not be written.</exception>
    public void Write(CancellationToken cancellationToken)
    {
        OutputFile.RequireFree(Path, _options.Force);
        ReportContents contents = ReportReading.Read(_handle, !_options.NoPatronList, _time);
        if (IsDefaultPlace(Path))
        {
            new RunFolder(FolderOf(_handle)!).Replace(
                RunFolder.ReportName, stream => ReportPage.Write(stream, contents, cancellationToken));
            return;
        }

        OutputFile.Write(
            Path,
            _options.Force,
            temporary =>
            {
                using FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write);
                ReportPage.Write(stream, contents, cancellationToken);
            },
            _ => { },
            "report");
    }

    private static string? FolderOf(IRunHandle handle) => handle is BrokenRun broken ? broken.Folder : (handle as PurgeRun)?.Folder;

    private bool IsDefaultPlace(string path) => FolderOf(_handle) is { } folder
        && System.IO.Path.Combine(folder, RunFolder.ReportName).Equals(path, StringComparison.OrdinalIgnoreCase);

    private string PathOf(IRunHandle handle)
    {
        string? folder = FolderOf(handle);
        if (_options.Path is null)
        {
            return folder is not null ? System.IO.Path.Combine(folder, RunFolder.ReportName) : throw Refused(
                "ReportPathMissing",
                $"The preview {handle.RunId} has no folder that its report could go to.",
                "Give a -Path.",
                handle.RunId);
        }

        string path = System.IO.Path.GetFullPath(_options.Path);
        path = Directory.Exists(path) ? System.IO.Path.Combine(path, handle.RunId + s_endings[0]) : path;
        if (!Array.Exists(s_endings, e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
        {
            throw Refused("NotAPage", $"A report is a page, and '{path}' does not end in .html or .htm.", "Give a -Path that ends so, or a folder.", path);
        }

        return !OutputFile.IsInFolder(folder, path) || IsDefaultPlace(path) ? path : throw Refused(
            "ReportInRunFolder",
            $"'{path}' is in the folder of the run {handle.RunId}, which nothing but the run itself writes.",
            "Leave -Path out for the place of the report in there, or give a -Path outside of it.",
            path);
    }

    private static AlmaPurgeException Refused(string id, string message, string nextStep, string target) =>
        new(id, AlmaPurgeErrorKind.InvalidArgument, message, nextStep, target);
}
