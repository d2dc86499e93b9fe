using System.Globalization;

namespace AlmaPurge.Simulator.Generation;

/// <summary>Primary ids as libraries have them: mostly digits with leading zeros, some of any form at all.</summary>
internal static class PrimaryIds
{
    private const int FirstId = 400_000;
    private const int Step = 7;
    private const int OddEvery = 9;

    private static readonly Func<string, string>[] s_odd =
    [
        n => "smith/" + n,
        n => "ann lee " + n,
        n => "k.weber" + n + "@uni.example",
        n => "lab+" + n,
        n => "dept#" + n,
        n => "50%" + n,
        n => "Žižek-" + n,
        n => "O'Brien" + n,
        n => "who?" + n,
        n => "東京" + n,
        n => "a%2Fb" + n,
        n => "Öztürk@uni/" + n,
        n => "x&y=" + n,
        n => "semi;colon:" + n,
    ];

    public static string Of(int number)
    {
        string digits = (FirstId + (number * (long)Step)).ToString("D8", CultureInfo.InvariantCulture);
        return number % OddEvery == 4 ? s_odd[number / OddEvery % s_odd.Length](digits) : digits;
    }

    /// <summary>A barcode; now and then one that is somebody else's primary id, as sloppy loads leave them.</summary>
    public static string BarcodeOf(int number, int count)
    {
        bool twin = number % 23 == 5 && count > 1;
        return twin
            ? Of((number + 3) % count)
            : (29_990_000_000_000 + number).ToString(CultureInfo.InvariantCulture);
    }
}
