using System.Globalization;
using CsvHelper;

namespace AlmaPurge.Core.Runs;

/// <summary>Writes and reads candidates.csv, exclusions.csv and results.csv of a run folder.</summary>
internal static class PatronFiles
{
    private const string CheckAgain = "yes";

    // An id may hold any character, so the separator is not for the reader to guess.
    private static readonly CsvReaderOptions s_readerOptions = new() { Separator = ',' };

    private static readonly string[] s_candidateColumns =
    [
        "PrimaryId", "CheckedAt", "UserGroup", "PurgeDate", "ExpiryDate", "Status", "Roles", "Loans", "Requests",
        "FeeBalance", "Blocks", "CreationDate", "AccountType",
    ];

    private static readonly string[] s_exclusionColumns = ["PrimaryId", "Step", "Rule", "Rules", "Evidence", "CheckAgain"];
    private static readonly string[] s_resultColumns = ["PrimaryId", "Status", "Rule", "Detail"];

    public static void WriteCandidates(RunFolder folder, PatronTable patrons) =>
        Write(folder, RunFolder.CandidatesName, s_candidateColumns, (writer, stream) =>
        {
            IReadOnlyDictionary<string, LiveCheck> checks = patrons.Checks();
            IReadOnlyList<string> ids = patrons.CandidateIds();
            if (checks.Count == 0 && folder.Ids.IsPlain && ids is IUtf8Ids plain)
            {
                new UncheckedCandidates(stream, writer, s_candidateColumns.Length).Write(plain);
                return;
            }

            foreach (string id in ids)
            {
                WriteCandidate(writer, folder.Ids.ToStored(id), checks.Count == 0 ? null : checks.GetValueOrDefault(id));
            }
        });

    public static void WriteExclusions(RunFolder folder, PatronTable patrons) =>
        Write(folder, RunFolder.ExclusionsName, s_exclusionColumns, (writer, _) =>
        {
            foreach (AlmaPurgeExclusion e in patrons.Exclusions())
            {
                writer.WriteRecord(
                    folder.Ids.ToStored(e.PrimaryId),
                    e.Step,
                    e.Rule,
                    string.Join(' ', e.Rules),
                    e.Evidence,
                    patrons.IsUnreached(e.PrimaryId) ? CheckAgain : "");
            }
        });

    public static void WriteResults(RunFolder folder, IEnumerable<AlmaPurgeResult> results) =>
        Write(folder, RunFolder.ResultsName, s_resultColumns, (writer, _) =>
        {
            foreach (AlmaPurgeResult r in results)
            {
                writer.WriteRecord(folder.Ids.ToStored(r.PrimaryId), r.Status.ToString(), r.Rule ?? "", r.Detail);
            }
        });

    /// <summary>Reads candidates and exclusions.</summary>
    /// <exception cref="AlmaPurgeException">A file is damaged, or missing.</exception>
    public static void ReadInto(RunFolder folder, PatronTable patrons, string runId)
    {
        List<string> ids = [];
        Read(folder, RunFolder.CandidatesName, s_candidateColumns, row =>
        {
            string id = folder.Ids.FromStored(row.GetString(0));
            ids.Add(id);
            if (!row.IsEmpty(1))
            {
                patrons.RecordCheck(id, ReadCheck(row));
            }
        });
        patrons.AddCandidates(ids);

        List<AlmaPurgeExclusion> exclusions = [];
        List<string> unreached = [];
        Read(folder, RunFolder.ExclusionsName, s_exclusionColumns, row =>
        {
            string id = folder.Ids.FromStored(row.GetString(0));
            exclusions.Add(new AlmaPurgeExclusion(
                runId,
                id,
                row.GetString(1),
                row.GetString(3).Split(' '),
                row.GetString(4)));
            if (!row.IsEmpty(5))
            {
                unreached.Add(id);
            }
        });
        patrons.Restore(exclusions, unreached);
    }

    public static IReadOnlyList<AlmaPurgeResult> ReadResults(RunFolder folder, string runId)
    {
        List<AlmaPurgeResult> results = [];
        if (!folder.Has(RunFolder.ResultsName))
        {
            return results;
        }

        Read(folder, RunFolder.ResultsName, s_resultColumns, row => results.Add(new AlmaPurgeResult(
            runId,
            folder.Ids.FromStored(row.GetString(0)),
            Enum.Parse<AlmaPurgeStatus>(row.GetString(1)),
            row.IsEmpty(2) ? null : row.GetString(2),
            row.GetString(3))));
        return results;
    }

    private static void WriteCandidate(CsvWriter writer, string id, LiveCheck? check)
    {
        if (check is null)
        {
            writer.WriteRecord(id, "", "", "", "", "", "", "", "", "", "", "", "");
            return;
        }

        BeforeImage before = check.Before;
        writer.WriteRecord(
            id,
            check.CheckedAt.ToString("O", CultureInfo.InvariantCulture),
            before.UserGroup,
            Day(before.PurgeDate),
            Day(before.ExpiryDate),
            before.Status,
            before.Roles,
            before.Loans.ToString(CultureInfo.InvariantCulture),
            before.Requests.ToString(CultureInfo.InvariantCulture),
            before.FeeBalance.ToString(CultureInfo.InvariantCulture),
            before.Blocks,
            Day(before.CreationDate),
            before.AccountType);
    }

    private static LiveCheck ReadCheck(CsvReader row) => new(
        DateTimeOffset.Parse(row.GetString(1), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        new BeforeImage(
            row.GetString(2),
            Day(row.GetString(3)),
            Day(row.GetString(4)),
            row.GetString(5),
            row.GetString(6),
            int.Parse(row.GetString(7), CultureInfo.InvariantCulture),
            int.Parse(row.GetString(8), CultureInfo.InvariantCulture),
            decimal.Parse(row.GetString(9), CultureInfo.InvariantCulture),
            row.GetString(10),
            Day(row.GetString(11)),
            row.GetString(12)));

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static DateOnly? Day(string text) =>
        text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Write(RunFolder folder, string name, string[] columns, Action<CsvWriter, Stream> rows) =>
        folder.Replace(name, stream =>
        {
            using CsvWriter writer = CsvWriter.Create(stream, CsvWriterOptions.Default, leaveOpen: true);
            writer.WriteRecord(columns);
            rows(writer, stream);
            writer.Flush();
        });

    private static void Read(RunFolder folder, string name, string[] columns, Action<CsvReader> row)
    {
        if (!folder.Has(name))
        {
            throw Damaged(folder, name, "it is not there.", null);
        }

        try
        {
            using CsvReader reader = CsvReader.Create(folder.Read(name), s_readerOptions, leaveOpen: false);
            for (int number = 1; reader.Read(); number++)
            {
                // A field that is not there reads as an empty one, which could turn one who is kept into another.
                if (reader.FieldCount != columns.Length)
                {
                    throw Damaged(folder, name, FormattableString.Invariant($"record {number} has {reader.FieldCount} fields."), null);
                }

                row(reader);
            }
        }
        catch (Exception e) when (e is FormatException or ArgumentException or CsvFormatException or CsvValidationException)
        {
            throw Damaged(folder, name, e.Message, e);
        }
    }

    private static AlmaPurgeException Damaged(RunFolder folder, string name, string problem, Exception? cause) => new(
        "RunFolderDamaged",
        AlmaPurgeErrorKind.InvalidData,
        $"The file '{folder.File(name)}' cannot be read: {problem}",
        "Restore it from a backup; a run must not go on without all of its patrons.",
        folder.File(name),
        cause);
}
