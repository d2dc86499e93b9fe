using System.Text;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Writes what was read of input files into the run folder: the known columns that the step looks at, under their usual
/// headings, so that the copy can be read in like the original. Nothing else of a file is copied. Reads each file once
/// more, on a thread of its own, since what was judged is kept in memory in a few bytes and not as it stood there.
/// </summary>
internal sealed class InputArchive
{
    private const string RowHeading = "Row";
    private const int RowsBetweenLooks = 4096;

    private readonly PurgeRun _run;
    private readonly string _step;
    private readonly IReadOnlyList<KnownColumn> _columns;
    private readonly int _before;

    /// <summary>Makes an archive.</summary>
    /// <param name="run">The run; a preview, or one made without an archive, gets none.</param>
    /// <param name="step">Step that read the files.</param>
    /// <param name="columns">Columns that the step looks at.</param>
    public InputArchive(PurgeRun run, string step, IReadOnlyList<KnownColumn> columns)
    {
        _run = run;
        _step = step;
        _columns = columns;
        _before = run.Document.Inputs.Count(i => i.Step == step);
    }

    /// <summary>Starts writing the files.</summary>
    /// <param name="sources">The step's inputs in their order; null for one that is no file.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>
    /// Name of each copy, below the run folder; null where there is none, also because the file is no longer what was read.
    /// </returns>
    /// <exception cref="AlmaPurgeException">The run folder cannot be written.</exception>
    public Task<string?[]> StartAsync(IReadOnlyList<TableSource?> sources, CancellationToken cancellationToken)
    {
        if (_run.IsPreview || _run.Document.NoArchive == true || sources.All(s => s is null))
        {
            return Task.FromResult(new string?[sources.Count]);
        }

        // Not on the other thread: a folder that cannot be made is told before anything is done.
        _run.MakeInputFolder();
        return Task.Run(() => sources.Select((s, i) => s is null ? null : Write(s, i, cancellationToken)).ToArray(), cancellationToken);
    }

    /// <summary>Enters the copies into the run, at the inputs that the step has entered there.</summary>
    /// <param name="copies">What the writing gave.</param>
    public void Enter(string?[] copies)
    {
        if (copies.Any(c => c is not null))
        {
            _run.Update(d => d with { Inputs = WithCopies(d.Inputs, copies) });
        }
    }

    private RunInput[] WithCopies(IReadOnlyList<RunInput> inputs, string?[] copies)
    {
        RunInput[] entered = [.. inputs];
        int[] own = [.. Enumerable.Range(0, entered.Length).Where(i => entered[i].Step == _step).Skip(_before)];
        for (int i = 0; i < own.Length; i++)
        {
            entered[own[i]] = entered[own[i]] with { Archive = copies[i] };
        }

        return entered;
    }

    private string? Write(TableSource source, int position, CancellationToken cancellationToken)
    {
        string name = FormattableString.Invariant($"{RunFolder.InputsName}/{_step}-{_before + position + 1}.csv");
        try
        {
            _run.WriteInput(name, stream => Copy(source, stream, cancellationToken));
            source.EnsureUnchanged();
            return name;
        }
        catch (Exception e) when (e is TableException or OperationCanceledException)
        {
            _run.DropInput(name);
            if (e is OperationCanceledException)
            {
                throw;
            }

            // Changed or gone since it was read: a copy would be of something else. Its hash is left out then, too.
            return null;
        }
    }

    private void Copy(TableSource source, Stream stream, CancellationToken cancellationToken)
    {
        using TableCursor cursor = source.Read();
        Piece[] pieces = [.. PiecesOf(source.Header, isText: cursor.IsText)];
        Utf8Lines lines = new(stream);
        foreach (string heading in pieces.SelectMany(p => p.Columns).Select(c => KnownHeadings.Of(c)[0]).Prepend(RowHeading))
        {
            lines.Write(Encoding.UTF8.GetBytes(heading));
        }

        lines.EndLine();
        for (long count = 1; cursor.Read(); count++)
        {
            if (count % RowsBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            WriteRow(lines, cursor, pieces);
        }

        lines.Flush();
    }

    private IEnumerable<Piece> PiecesOf(TableHeader header, bool isText)
    {
        KnownColumn[] columns = [.. _columns.Where(header.Has).OrderBy(header.IndexOf)];
        int first = 0;
        for (int i = 1; i <= columns.Length; i++)
        {
            bool goesOn = isText && i < columns.Length && header.IndexOf(columns[i]) == header.IndexOf(columns[i - 1]) + 1;
            if (!goesOn)
            {
                yield return new Piece(columns[first..i], header.IndexOf(columns[first]), header.IndexOf(columns[i - 1]));
                first = i;
            }
        }
    }

    private static void WriteRow(Utf8Lines lines, TableCursor cursor, Piece[] pieces)
    {
        lines.Write(cursor.RowNumber);

        // Where columns are shifted, a name may stand in any of them.
        bool isShifted = cursor.IsShifted;
        foreach (Piece piece in pieces)
        {
            // A row that ends early gives fewer values here; whatever would follow is blank, so nothing moves by it.
            if (piece.Columns.Length > 1 && !isShifted && cursor.Separator == Utf8Lines.Separator
                && cursor.TryGetRaw(piece.First, piece.Last, out ReadOnlySpan<byte> raw))
            {
                lines.WriteRaw(raw);
                continue;
            }

            foreach (KnownColumn column in piece.Columns)
            {
                WriteValue(lines, cursor, column, isShifted);
            }
        }

        lines.EndLine();
    }

    private static void WriteValue(Utf8Lines lines, TableCursor cursor, KnownColumn column, bool isShifted)
    {
        if (!isShifted && !cursor.IsText && cursor.DateOf(column) is { } day)
        {
            lines.Write(day);
        }
        else
        {
            lines.Write(isShifted ? default : cursor.ValueOf(column));
        }
    }

    /// <summary>Columns that stand side by side in a text file, so that they can be copied in one go.</summary>
    private sealed record Piece(KnownColumn[] Columns, int First, int Last);
}
