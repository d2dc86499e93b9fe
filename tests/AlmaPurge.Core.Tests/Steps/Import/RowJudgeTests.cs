using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps.Import;
using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Tests.Steps.Import;

public sealed class RowJudgeTests : ImportTestBase
{
    private static readonly string[] s_dates =
    [
        "", "2015-01-31", "2024-12-31", "2025-01-01", "2025-01-02", "2025-06-30", "2025-07-01", "2026-11-22", "2030-01-01",
        "9999-12-31", "1900-01-01", "soon",
    ];

    /// <summary>
    /// Rows are judged by kind. If a new rule looks at something that the kinds do not tell apart, the two ways of
    /// judging differ here.
    /// </summary>
    [Theory]
    [InlineData(null)]
    [InlineData("2025-07-01")]
    public void Judging_by_kind_is_judging_each_row(string? inactiveSince)
    {
        PurgeCriteria criteria = new()
        {
            UserGroup = "UNDRGRD",
            ExpiredBefore = Cutoff,
            InactiveSince = inactiveSince is null ? Cutoff : DateOnly.Parse(inactiveSince, null),
            KeepList = KeepList.Of([], Enumerable.Range(0, 5_000).Select(i => KeyValuePair.Create($"ID{i * 3}", "keep.txt"))),
        };
        ImportedPatrons patrons = Read(Write(AllKinds()));
        RowJudge judge = new(patrons, criteria, new DateOnly(2026, 11, 22));

        int safe = 0;
        for (int i = 0; i < patrons.RowCount; i++)
        {
            bool expected = judge.Judge(i).Count == 0;
            Assert.Equal(expected, judge.IsSafe(i));
            safe += expected ? 1 : 0;
        }

        Assert.InRange(safe, 100, patrons.RowCount / 2);
    }

    private static string AllKinds()
    {
        Random random = new(7);
        string[] groups = ["UNDRGRD", "UNDRGRD", "UNDRGRD", "GRAD", ""];
        string[] types = ["Public", "Public", "Public", "Staff", "", "?"];
        string[] accounts = ["External", "External", "Internal", ""];
        string[] statuses = ["Active", "Inactive", "Deleted", ""];
        string[] flags = ["N", "N", "N", "Y", "", "?"];
        string[] Row(int i) =>
        [
            $"id{i}", Any(groups), Any(types), Any(accounts), Any(statuses), AnyDate(), AnyDate(), AnyDate(),
            Any(flags), Any(flags), Any(flags),
        ];
        string Any(string[] values) => values[random.Next(values.Length)];
        string AnyDate() => random.Next(3) > 0 ? s_dates[1] : s_dates[random.Next(s_dates.Length)];

        string header = "Primary Identifier,User Group Code,User Record Type,User Type,Status,Expiry Date,Purge Date,"
            + "Last Activity Date,Has Role Other Than Patron,Linked From Other Institution,Is Blocked\n";
        return header + string.Concat(Enumerable.Range(0, 20_000).Select(i => string.Join(',', Row(i)) + "\n"));
    }
}
