using CsvHelper;

namespace AlmaPurge.Core.Runs;

/// <summary>
/// The run's own copy of its keep list, so that it also protects where later sessions look again. Written once, when
/// the run is made.
/// </summary>
internal static class KeepListFile
{
    private static readonly string[] s_columns = ["PrimaryId", "Source"];
    private static readonly CsvReaderOptions s_readerOptions = new() { Separator = ',' };

    public static void Write(RunFolder folder, KeepList list)
    {
        if (list.Count == 0)
        {
            return;
        }

        folder.Replace(RunFolder.KeepListName, stream =>
        {
            using CsvWriter writer = CsvWriter.Create(stream, CsvWriterOptions.Default, leaveOpen: true);
            writer.WriteRecord(s_columns);
            foreach ((string id, string source) in list.Entries)
            {
                writer.WriteRecord(folder.Ids.ToStored(id), source);
            }

            writer.Flush();
        });
    }

    /// <summary>Reads the identifiers of the list that run.json speaks of.</summary>
    /// <exception cref="AlmaPurgeException">They are not those that were written.</exception>
    public static KeepList Read(RunFolder folder, KeepList written)
    {
        if (written.Count == 0)
        {
            return KeepList.Empty;
        }

        KeepList? read = folder.Has(RunFolder.KeepListName) ? ReadEntries(folder, written.Sources) : null;
        return read is not null && read.Sha256 == written.Sha256 && read.Count == written.Count
            ? read.FromStored(folder.Ids)
            : throw new AlmaPurgeException(
            "RunFolderDamaged",
            AlmaPurgeErrorKind.InvalidData,
            FormattableString.Invariant(
                $"The file '{folder.File(RunFolder.KeepListName)}' does not hold the {written.Count} identifiers that were written."),
            "Restore it from a backup. The keep list of a run is set when it is made: to change it, start a new run.",
            folder.File(RunFolder.KeepListName));
    }

    private static KeepList? ReadEntries(RunFolder folder, IReadOnlyList<KeepListSource> sources)
    {
        List<KeyValuePair<string, string>> entries = [];
        try
        {
            using CsvReader reader = CsvReader.Create(folder.Read(RunFolder.KeepListName), s_readerOptions, leaveOpen: false);
            while (reader.Read())
            {
                entries.Add(new(reader.GetString(0), reader.GetString(1)));
            }
        }
        catch (CsvFormatException)
        {
            return null;
        }

        return KeepList.Of(sources, entries);
    }
}
