using System.Globalization;
using System.Text;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Import;
using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Tests.Steps.Import;

/// <summary>Reading both halves of a file at the same time must give what reading it from start to end gives.</summary>
public sealed class SecondHalfTests : ImportTestBase
{
    private const string Header = "Primary Identifier,User Group,Status,Expiry Date,Purge Date,Last Activity Date,Note\n";

    private static readonly TableOptions s_halves = new() { LengthForHalves = 0 };
    private static readonly TableOptions s_whole = new() { LengthForHalves = long.MaxValue };

    // What a row may be made of; the odd ones come seldom, so that many files are still read to their end.
    private static readonly string[] s_ids = ["10000001", "0042", "ab3", "AB3 ", "\"q\"", "x-1"];
    private static readonly string[] s_oddIds = ["", "1.02E+07", "#N/A", "12345678901234567", "1234567890123450000", "Grand total"];
    private static readonly string[] s_groups = ["Undergraduates", "Graduates", "\"Staff, other\"", "Alumni", "\"Undergraduates\""];
    private static readonly string[] s_notes = ["", "plain", "\"two\nlines\"", "\"a\r\nb\nc\"", "\"say \"\"hi\"\"\"", "é", "\"x,\ny\""];
    private static readonly string[] s_oddNotes = ["5\" disk", "\"ab\"c", "a,b,c", "\"never closed", "\uFEFF\"z\"", "x\ry"];
    private static readonly string[] s_oddDates = ["soon", "13/13/2015", "2015-02-30", "31.12.2015", "Dec 5, 2014"];

    public static TheoryData<string> Exports() =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "exports")).Select(f => Path.GetFileName(f)!)];

    [Theory]
    [MemberData(nameof(Exports))]
    public void AnExportIsTheSameBothWays(string name) => AssertSame(Export(name));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void MadeUpFilesAreTheSameBothWays(int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < 150; i++)
        {
            AssertSame(Write(Text(random), name: $"file{i}.csv"));
        }
    }

    [Fact]
    public void TheSecondHalfIsTakenWhereARowBeginsThere()
    {
        string path = Write(Header + string.Concat(Enumerable.Repeat("10000001,Undergraduates,Active,2015-01-01,,,\n", 40)));

        Assert.InRange(TakenAt(path), 15, 25);
    }

    [Fact]
    public void TheSecondHalfIsNotTakenFromWithinAValue()
    {
        string inQuotes = "\"" + string.Concat(Enumerable.Repeat("20000002,Undergraduates,Active,2015-01-01,,,\n", 40)) + "\"";
        string path = Write(Header + $"10000001,Undergraduates,Active,2015-01-01,,,{inQuotes}\n30000003,Undergraduates,Active,2015-01-01,,,\n");

        Assert.Equal(-1, TakenAt(path));
        Assert.Equal(2, new ImportStep(Said).Read([path], s_halves, CancellationToken.None).RowCount);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void LineBreaksOfAllKindsAreCounted(string lineBreak)
    {
        string text = Header + string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"{10000000 + i},Undergraduates,Active,{(i == 55 ? "soon" : "2015-01-01")},,,\"{i}\r\nand\nmore\"\n"));

        AssertSame(Write(text.Replace("\",\n", "\"," + lineBreak, StringComparison.Ordinal).Replace("more\"\n", "more\"" + lineBreak, StringComparison.Ordinal)));
    }

    private static string Text(Random random)
    {
        string lineBreak = random.Next(4) switch { 0 => "\r\n", 1 => "\r", _ => "\n" };
        bool isOdd = random.Next(3) == 0;
        bool isMixed = random.Next(6) == 0;
        string form = new[] { "yyyy-MM-dd", "dd/MM/yyyy", "M/d/yyyy", "dd.MM.yyyy" }[random.Next(4)];
        StringBuilder text = new(random.Next(2) == 0 ? "" : "\uFEFF");
        text.Append(random.Next(3) == 0 ? "Expired patrons" + lineBreak + lineBreak : "").Append(Header.Replace("\n", lineBreak, StringComparison.Ordinal));
        for (int i = random.Next(1, 60); i > 0; i--)
        {
            bool odd = isOdd && random.Next(25) == 0;
            string id = random.Next(3) > 0 ? random.Next(10_000_000, 10_000_400).ToString(CultureInfo.InvariantCulture) : Any(random, odd ? s_oddIds : s_ids);
            text.Append(random.Next(40) == 0 ? lineBreak : "").Append(random.Next(40) == 0 ? ",,,,,," + lineBreak : "")
                .Append(id).Append(',').Append(Any(random, s_groups)).Append(random.Next(9) == 0 ? ",Inactive," : ",Active,");
            for (int d = 0; d < 3; d++)
            {
                DateOnly day = new DateOnly(2013, 1, 1).AddDays(random.Next(3000));
                string date = day.ToString(isMixed && random.Next(9) == 0 ? "yyyy-MM-dd" : form, CultureInfo.InvariantCulture);
                text.Append(odd && random.Next(3) == 0 ? '"' + Any(random, s_oddDates) + '"' : random.Next(5) == 0 ? "" : date).Append(',');
            }

            text.Append(Any(random, odd && random.Next(3) == 0 ? s_oddNotes : s_notes)).Append(lineBreak);
        }

        return text.ToString();
    }

    private static string Any(Random random, string[] values) => values[random.Next(values.Length)];

    // The row in which the first half ends; -1 if the second one was not taken.
    private static int TakenAt(string path)
    {
        TableSource source = TableSource.Open(path, s_halves);
        using SecondHalf half = new(source, 0, new IdArena());
        using TableCursor cursor = source.Read();
        while (cursor.Read())
        {
            if (half.Has(cursor))
            {
                return (int)cursor.RowNumber;
            }
        }

        return -1;
    }

    private void AssertSame(string path) => Assert.Equal(Outcome(path, s_whole), Outcome(path, s_halves));

    // All that an import of the file gives or says.
    private string Outcome(string path, TableOptions options)
    {
        try
        {
            ImportedPatrons patrons = new ImportStep(Said).Read([path], options, CancellationToken.None);
            PurgeRun run = NewRun(patrons.UserGroups.Count == 0 ? "UNDRGRD" : patrons.UserGroups[0].Name, preview: true);
            IEnumerable<string> candidates = new ImportStep(Said).Run(run, patrons, CancellationToken.None)
                .Select(c => $"{c.PrimaryId} {c.ExpiryDate:O} {c.PurgeDate:O} {c.LastActivityDate:O}");
            return string.Join(
                '\n',
                [
                    $"{patrons.RowCount} rows, {patrons.CollapsedCount} collapsed; {string.Join(", ", patrons.UserGroups)}",
                    .. candidates,
                    .. run.Patrons.Exclusions().Select(e => $"{e.PrimaryId} {string.Join(' ', e.Rules)}: {e.Evidence}"),
                ]);
        }
        catch (AlmaPurgeException e)
        {
            return e.Message;
        }
        catch (TableException e)
        {
            return $"{e.Kind} {e.Message}";
        }
    }
}
