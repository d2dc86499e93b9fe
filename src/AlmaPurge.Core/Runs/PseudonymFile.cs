using CsvHelper;

namespace AlmaPurge.Core.Runs;

/// <summary>The file of a run folder with its key and the map from tokens to identifiers. It can be deleted.</summary>
internal static class PseudonymFile
{
    private const string KeyName = "key";

    private static readonly string[] s_columns = ["Token", "PrimaryId"];
    private static readonly CsvReaderOptions s_readerOptions = new() { Separator = ',' };

    public static void Write(RunFolder folder, Pseudonyms pseudonyms) =>
        folder.Replace(RunFolder.PseudonymsName, stream =>
        {
            using CsvWriter writer = CsvWriter.Create(stream, CsvWriterOptions.Default, leaveOpen: true);
            writer.WriteRecord(s_columns);
            writer.WriteRecord(KeyName, Convert.ToHexString(pseudonyms.Key));
            foreach ((string token, string id) in pseudonyms.Entries)
            {
                writer.WriteRecord(token, id);
            }

            writer.Flush();
        });

    /// <exception cref="AlmaPurgeException">The file is damaged.</exception>
    public static Pseudonyms Read(RunFolder folder)
    {
        Pseudonyms? pseudonyms = null;
        try
        {
            using CsvReader reader = CsvReader.Create(folder.Read(RunFolder.PseudonymsName), s_readerOptions, leaveOpen: false);
            for (int number = 1; reader.Read(); number++)
            {
                if (pseudonyms is null)
                {
                    pseudonyms = reader.GetString(0) == KeyName
                        ? new Pseudonyms(folder, Convert.FromHexString(reader.GetString(1)))
                        : throw Damaged(folder, "it has no key");
                }
                else if (reader.FieldCount != s_columns.Length || !pseudonyms.TryTake(reader.GetString(0), reader.GetString(1)))
                {
                    throw Damaged(folder, FormattableString.Invariant($"record {number} is no entry, or there twice"));
                }
            }
        }
        catch (Exception e) when (e is CsvFormatException or FormatException)
        {
            throw Damaged(folder, e.Message, e);
        }

        return pseudonyms ?? throw Damaged(folder, "it is empty");
    }

    /// <summary>The error for a map that cannot be trusted.</summary>
    public static AlmaPurgeException Damaged(RunFolder folder, string problem, Exception? cause = null) => new(
        "RunFolderDamaged",
        AlmaPurgeErrorKind.InvalidData,
        $"The file '{folder.File(RunFolder.PseudonymsName)}' cannot be used: {problem}.",
        "Restore it from a backup; without it, whole, no step can go on. Whoever is done with the run may delete it.",
        folder.File(RunFolder.PseudonymsName),
        cause);

    /// <summary>The error for a step that needs a map that was deleted.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="document">The run, where it is at hand.</param>
    public static AlmaPurgeException Gone(RunFolder folder, RunDocument? document)
    {
        string inAlma = document?.Set is { } set
            ? $" Without it, go by the user set '{set.Name}' in Alma, which names them."
            : "";
        return new AlmaPurgeException(
            "PseudonymsGone",
            AlmaPurgeErrorKind.InvalidOperation,
            $"The file '{folder.File(RunFolder.PseudonymsName)}' is gone, so nobody can tell any more who the patrons of the run are.",
            "Restore it from a backup if a step has to go on; the run can still be looked at." + inAlma,
            folder.File(RunFolder.PseudonymsName));
    }
}
