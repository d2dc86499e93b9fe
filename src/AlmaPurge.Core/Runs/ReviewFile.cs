using System.Globalization;
using CsvHelper;

namespace AlmaPurge.Core.Runs;

/// <summary>Who was to go when a review workbook was written: what is added to a workbook or taken out of it shows by this.</summary>
internal static class ReviewFile
{
    private static readonly CsvReaderOptions s_readerOptions = new() { Separator = ',' };

    public static string NameOf(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"review-{number}.csv");

    public static void Write(RunFolder folder, int number, IReadOnlyList<string> ids) =>
        folder.Replace(NameOf(number), stream =>
        {
            using CsvWriter writer = CsvWriter.Create(stream, CsvWriterOptions.Default, leaveOpen: true);
            writer.WriteRecord("PrimaryId");
            foreach (string id in ids)
            {
                writer.WriteRecord(folder.Ids.ToStored(id));
            }

            writer.Flush();
        });

    /// <summary>Reads who was to go.</summary>
    /// <exception cref="AlmaPurgeException">The file has lost somebody.</exception>
    public static IReadOnlyList<string> Read(RunFolder folder, ReviewEntry review)
    {
        string name = NameOf(review.Number);
        List<string> ids = [];
        try
        {
            using CsvReader reader = CsvReader.Create(folder.Read(name), s_readerOptions, leaveOpen: false);
            while (reader.Read())
            {
                ids.Add(folder.Ids.FromStored(reader.GetString(0)));
            }
        }
        catch (CsvFormatException)
        {
            ids.Clear();
        }

        return ids.Count == review.Count ? ids : throw new AlmaPurgeException(
            "RunFolderDamaged",
            AlmaPurgeErrorKind.InvalidData,
            FormattableString.Invariant($"The file '{folder.File(name)}' has {ids.Count} patrons where {review.Count} were written."),
            "Restore it from a backup, or write a new review with Export-AlmaPurgeReview.",
            folder.File(name));
    }
}
