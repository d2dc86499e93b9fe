using System.Globalization;
using System.Text;

namespace AlmaPurge.Benchmarks;

/// <summary>Makes the files of the benchmarks: made-up patrons, the same ones each time.</summary>
internal sealed class BenchmarkData : IDisposable
{
    public const int PatronCount = 1_000_000;
    public const int FinesCount = 50_000;

    private static readonly string[] s_first = ["Ann", "Bo", "Chi", "Dana", "Eli", "Fay", "Gus", "Hana"];
    private static readonly string[] s_last = ["García", "Ito", "Li", "Müller", "Nguyen", "O'Brien", "Smith", "Žižek"];

    private BenchmarkData(string folder) => Folder = folder;

    public string Folder { get; }

    public string Patrons => Path.Combine(Folder, "patrons.csv");

    /// <summary>One patron in twenty owes.</summary>
    public string Fines => Path.Combine(Folder, "fines.csv");

    /// <summary>Holds run folders.</summary>
    public string Runs => Path.Combine(Folder, "runs");

    /// <summary>Files that are there already.</summary>
    public static BenchmarkData In(string folder) => new(folder);

    public static BenchmarkData Make()
    {
        BenchmarkData data = new(Directory.CreateTempSubdirectory("almapurge-bench-").FullName);
        int[] order = [.. Enumerable.Range(0, PatronCount)];
        new Random(20261122).Shuffle(order);
        data.WritePatrons(order);
        data.WriteFines(order);
        return data;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    // 12 columns, as an Analytics report on expired patrons has them; in no order of ids.
    private void WritePatrons(int[] order)
    {
        using StreamWriter writer = new(Patrons, append: false, new UTF8Encoding(true), 1 << 20);
        writer.NewLine = "\r\n";
        writer.WriteLine(
            "Primary Identifier,First Name,Last Name,User Group,User Group Code,User Record Type,User Type,Status,"
                + "Expiry Date,Purge Date,Last Activity Date,Is Blocked");
        foreach (int i in order)
        {
            DateOnly expiry = new DateOnly(2013, 1, 1).AddDays(i * 7 % 3600);
            string activity = i % 3 == 0 ? "" : Text(expiry.AddDays(-40));
            string status = i % 4 == 0 ? "Inactive" : "Active";
            writer.WriteLine(
                $"{Id(i)},{s_first[i % 8]},{s_last[i / 8 % 8]},Undergraduates,UNDRGRD,Public,External,{status},"
                    + $"{Text(expiry)},{Text(expiry.AddYears(1))},{activity},No");
        }
    }

    private void WriteFines(int[] order)
    {
        using StreamWriter writer = new(Fines, append: false, new UTF8Encoding(true));
        writer.WriteLine("Primary Identifier,Fine Fee Type,Fine Fee Status,Original Amount,Remaining Amount");
        foreach (int i in order.Where(i => i % (PatronCount / FinesCount) == 0))
        {
            writer.WriteLine($"{Id(i)},Overdue fine,Active,50.00,{1 + (i % 90)}.50");
        }
    }

    private static string Id(int number) => (10_000_000 + number).ToString(CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
