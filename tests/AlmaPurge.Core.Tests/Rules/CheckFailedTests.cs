using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Tests.Rules;

/// <summary>What is missing or cannot be understood is named, the first of several in a fixed order.</summary>
public sealed class CheckFailedTests
{
    private static readonly (string Field, Action<PatronFacts> Spoil)[] s_unreadable =
    [
        ("primary identifier", f => f.ReturnedPrimaryId = Fact<string>.Unreadable("?")),
        ("user group", f => f.UserGroup = Fact<string>.Unreadable("?")),
        ("user group", f => f.UserGroupName = Fact<string>.Unreadable("?")),
        ("record type", f => f.RecordType = Fact<PatronRecordType>.Unreadable("?")),
        ("account type", f => f.AccountType = Fact<PatronAccountType>.Unreadable("?")),
        ("status", f => f.Status = Fact<PatronStatus>.Unreadable("?")),
        ("expiry date", f => f.ExpiryDate = Fact<DateOnly>.Unreadable("?")),
        ("purge date", f => f.PurgeDate = Fact<DateOnly>.Unreadable("?")),
        ("last activity date", f => f.LastActivityDate = Fact<DateOnly>.Unreadable("?")),
        ("has role other than patron", f => f.HasOtherRole = Fact<bool>.Unreadable("?")),
        ("roles", f => f.Roles = Fact<IReadOnlyList<PatronRole>>.Unreadable("?")),
        ("linked from other institution", f => f.LinkedFrom = Fact<string>.Unreadable("?")),
        ("researcher", f => f.IsResearcher = Fact<bool>.Unreadable("?")),
        ("is blocked", f => f.IsBlocked = Fact<bool>.Unreadable("?")),
        ("blocks", f => f.Blocks = Fact<IReadOnlyList<PatronBlock>>.Unreadable("?")),
        ("proxies", f => f.ProxyForCount = Fact<int>.Unreadable("?")),
        ("loans", f => f.OpenLoans = Fact<int>.Unreadable("?")),
        ("requests", f => f.OpenRequests = Fact<int>.Unreadable("?")),
        ("fee balance", f => f.FeeBalance = Fact<decimal>.Unreadable("?")),
        ("fees", f => f.Fees = Fact<IReadOnlyList<PatronFee>>.Unreadable("?")),
    ];

    private static readonly (string Field, Action<PatronFacts> Take)[] s_needed =
    [
        ("primary identifier", f => f.ReturnedPrimaryId = Fact<string>.Absent),
        ("record type", f => f.RecordType = Fact<PatronRecordType>.Absent),
        ("user group", f => f.UserGroup = Fact<string>.Absent),
        ("status", f => f.Status = Fact<PatronStatus>.Absent),
        ("roles", f => f.Roles = Fact<IReadOnlyList<PatronRole>>.Absent),
        ("number of loans", f => f.OpenLoans = Fact<int>.Absent),
        ("number of requests", f => f.OpenRequests = Fact<int>.Absent),
        ("balance of fees", f => f.FeeBalance = Fact<decimal>.Absent),
    ];

    [Fact]
    public void Whole_record_passes() => Assert.Null(Judge(_ => { }));

    [Fact]
    public void Each_value_that_cannot_be_understood_is_named()
    {
        Assert.All(s_unreadable, c => Assert.Equal($"{c.Field} cannot be understood: '?'", Judge(c.Spoil)));
        for (int i = 0; i < s_unreadable.Length; i++)
        {
            (string field, Action<PatronFacts> spoilFirst) = s_unreadable[i];
            Assert.All(
                s_unreadable.Skip(i + 1),
                later => Assert.StartsWith(field, Judge(f => { later.Spoil(f); spoilFirst(f); }), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Each_value_that_must_be_there_is_named_where_it_is_missing()
    {
        Assert.All(s_needed, c => Assert.Equal($"Alma's answer has no {c.Field}", Judge(c.Take)));
        for (int i = 0; i < s_needed.Length; i++)
        {
            Action<PatronFacts>[] rest = [.. s_needed.Skip(i).Select(c => c.Take)];
            Assert.EndsWith(s_needed[i].Field, Judge(f => Array.ForEach(rest, take => take(f))), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_cannot_be_understood_comes_before_what_is_missing_and_a_failed_call_before_both()
    {
        Assert.StartsWith("fees cannot", Judge(f => { s_unreadable[^1].Spoil(f); s_needed[0].Take(f); }), StringComparison.Ordinal);
        Assert.Equal("no answer", Judge(f => { f.CheckError = "no answer"; s_unreadable[0].Spoil(f); }));
    }

    [Fact]
    public void Nothing_is_missing_of_a_row_of_a_file_or_of_a_user_who_is_not_there()
    {
        Assert.Null(Judge(f => { f.Source = FactSource.File; Array.ForEach(s_needed, n => n.Take(f)); }));
        Assert.Null(Judge(f => { f.Found = false; Array.ForEach(s_needed, n => n.Take(f)); }));
    }

    private static string? Judge(Action<PatronFacts> change)
    {
        PatronFacts facts = new()
        {
            Source = FactSource.Live,
            PrimaryId = "p1",
            Today = new DateOnly(2026, 1, 1),
            ReturnedPrimaryId = Fact<string>.Known("p1"),
            UserGroup = Fact<string>.Known("UNDRGRD"),
            RecordType = Fact<PatronRecordType>.Known(PatronRecordType.Public),
            Status = Fact<PatronStatus>.Known(PatronStatus.Active),
            Roles = Fact<IReadOnlyList<PatronRole>>.Known([]),
            OpenLoans = Fact<int>.Known(0),
            OpenRequests = Fact<int>.Known(0),
            FeeBalance = Fact<decimal>.Known(0),
        };
        change(facts);
        return new CheckFailedRule().Judge(facts, new PurgeCriteria { UserGroup = "UNDRGRD", ExpiredBefore = new DateOnly(2025, 1, 1) });
    }
}
