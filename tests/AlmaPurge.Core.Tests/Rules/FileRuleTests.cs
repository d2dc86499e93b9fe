using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Tests.Rules;

/// <summary>The rules on the rows of an export: columns may be missing, and what is missing proves nothing.</summary>
public sealed class FileRuleTests
{
    private static readonly DateOnly s_cutoff = new(2025, 1, 1);

    private static readonly Dictionary<string, (Action<PatronFacts> Set, string Rules)> s_cases = new()
    {
        ["nothing but an id"] = (_ => { }, ""),
        ["blank id"] = (f => f.PrimaryId = "", "MissingPrimaryId"),
        ["damaged id"] = (f => f.IdentifierDamage = "scientific notation", "DamagedPrimaryId"),
        ["rows that disagree"] = (f => f.RowConflict = "Expiry Date", "ConflictingRows"),
        ["own group by description"] = (f => f.UserGroupName = Fact<string>.Known(" undergraduate students "), ""),
        ["own group by code in the name column"] = (f => f.UserGroupName = Fact<string>.Known("undrgrd"), ""),
        ["other group by description"] = (f => f.UserGroupName = Fact<string>.Known("Faculty"), "OtherUserGroup"),
        ["other group by code"] = (f => f.UserGroup = Fact<string>.Known("FAC"), "OtherUserGroup"),
        ["empty group"] = (f => f.UserGroup = Fact<string>.Absent, "OtherUserGroup"),
        ["empty group description"] = (f => f.UserGroupName = Fact<string>.Absent, "OtherUserGroup"),
        ["unreadable group"] = (f => f.UserGroup = Fact<string>.Unreadable("#N/A"), "CheckFailed"),
        ["expiry before the cutoff"] = (f => f.ExpiryDate = Day(-1), ""),
        ["expiry on the cutoff"] = (f => f.ExpiryDate = Day(0), "NotExpired"),
        ["expiry empty"] = (f => f.ExpiryDate = Fact<DateOnly>.Absent, "ExpiryMissing"),
        ["expiry unreadable"] = (f => f.ExpiryDate = Fact<DateOnly>.Unreadable("soon"), "CheckFailed"),
        ["activity before the cutoff"] = (f => f.LastActivityDate = Day(-1), ""),
        ["activity on the cutoff"] = (f => f.LastActivityDate = Day(0), "RecentlyActive"),
        ["never active"] = (f => f.LastActivityDate = Fact<DateOnly>.Absent, ""),
        ["activity unreadable"] = (f => f.LastActivityDate = Fact<DateOnly>.Unreadable("?"), "CheckFailed"),
        ["public"] = (f => f.RecordType = Known(PatronRecordType.Public), ""),
        ["staff"] = (f => f.RecordType = Known(PatronRecordType.Staff), "StaffRecord"),
        ["contact"] = (f => f.RecordType = Known(PatronRecordType.Contact), "StaffRecord"),
        ["record type unreadable"] = (f => f.RecordType = Fact<PatronRecordType>.Unreadable("X"), "CheckFailed"),
        ["other role"] = (f => f.HasOtherRole = Fact<bool>.Known(true), "OtherRole"),
        ["no other role"] = (f => f.HasOtherRole = Fact<bool>.Known(false), ""),
        ["other role unreadable"] = (f => f.HasOtherRole = Fact<bool>.Unreadable("maybe"), "CheckFailed"),
        ["internal"] = (f => f.AccountType = Known(PatronAccountType.Internal), "InternalAccount"),
        ["external"] = (f => f.AccountType = Known(PatronAccountType.External), ""),
        ["account type unreadable"] = (f => f.AccountType = Fact<PatronAccountType>.Unreadable("X"), "CheckFailed"),
        ["linked"] = (f => f.LinkedFrom = Fact<string>.Known("01OTHER"), "LinkedCopy"),
        ["linked empty"] = (f => f.LinkedFrom = Fact<string>.Absent, ""),
        ["linked unreadable"] = (f => f.LinkedFrom = Fact<string>.Unreadable("[]"), "CheckFailed"),
        ["others hold copies"] = (f => f.LinkingId = Fact<string>.Known("99"), ""),
        ["researcher"] = (f => f.IsResearcher = Fact<bool>.Known(true), "Researcher"),
        ["no researcher"] = (f => f.IsResearcher = Fact<bool>.Known(false), ""),
        ["researcher unreadable"] = (f => f.IsResearcher = Fact<bool>.Unreadable("perhaps"), "CheckFailed"),
        ["deleted"] = (f => f.Status = Known(PatronStatus.Deleted), "AlreadyDeleted"),
        ["inactive"] = (f => f.Status = Known(PatronStatus.Inactive), ""),
        ["status unreadable"] = (f => f.Status = Fact<PatronStatus>.Unreadable("X"), "CheckFailed"),
        ["blocked"] = (f => f.IsBlocked = Fact<bool>.Known(true), "Blocked"),
        ["not blocked"] = (f => f.IsBlocked = Fact<bool>.Known(false), ""),
        ["blocked unreadable"] = (f => f.IsBlocked = Fact<bool>.Unreadable("X"), "CheckFailed"),
        ["purge date unreadable"] = (f => f.PurgeDate = Fact<DateOnly>.Unreadable("X"), "CheckFailed"),
        ["several reasons, in order"] = (
            f =>
            {
                f.IsBlocked = Fact<bool>.Known(true);
                f.RecordType = Known(PatronRecordType.Staff);
                f.ExpiryDate = Day(10);
                f.Status = Fact<PatronStatus>.Unreadable("X");
            },
            "NotExpired StaffRecord Blocked CheckFailed"),
    };

    public static TheoryData<string> Names() => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Row_keeps_the_patron_by_these_rules(string name)
    {
        PatronFacts facts = new() { Source = FactSource.File, PrimaryId = "p1", Today = new DateOnly(2026, 1, 1) };
        s_cases[name].Set(facts);

        IReadOnlyList<RuleFinding> findings = RuleBook.Judge(facts, Criteria());

        Assert.Equal(s_cases[name].Rules, string.Join(' ', findings.Select(f => f.Rule)));
        Assert.All(findings, f => Assert.NotEmpty(f.Evidence));
    }

    [Theory]
    [InlineData("Blocked", "blocked", true)]
    [InlineData("InternalAccount", "internal", true)]
    [InlineData("LinkedCopy", "linked", true)]
    [InlineData("RecentlyActive", "activity on the cutoff", true)]
    [InlineData("StaffRecord", "staff", false)]
    [InlineData("NotExpired", "expiry on the cutoff", false)]
    [InlineData("OtherRole", "other role", false)]
    [InlineData("Researcher", "researcher", false)]
    [InlineData("CheckFailed", "linked unreadable", false)]
    [InlineData("AlreadyDeleted", "deleted", false)]
    [InlineData("ExpiryMissing", "expiry empty", false)]
    [InlineData("OtherUserGroup", "other group by code", false)]
    public void Release_works_where_the_rule_may_be_released(string rule, string name, bool passes)
    {
        PatronFacts facts = new() { Source = FactSource.File, PrimaryId = "p1", Today = new DateOnly(2026, 1, 1) };
        s_cases[name].Set(facts);
        PurgeCriteria criteria = Criteria() with { IgnoredRules = PurgeCriteria.Names([rule.ToLowerInvariant()]) };

        Assert.Equal(passes, RuleBook.Judge(facts, criteria).Count == 0);
    }

    [Fact]
    public void Where_some_roles_or_blocks_are_released_a_row_that_does_not_name_them_is_left_to_the_live_check()
    {
        PatronFacts facts = new()
        {
            Source = FactSource.File,
            PrimaryId = "p1",
            Today = new DateOnly(2026, 1, 1),
            HasOtherRole = Fact<bool>.Known(true),
            IsBlocked = Fact<bool>.Known(true),
        };

        Assert.Empty(RuleBook.Judge(facts, Criteria() with
        {
            AllowedRoles = PurgeCriteria.Names(["Instructor"]),
            IgnoredBlockTypes = PurgeCriteria.Names(["GENERAL"]),
        }));
    }

    [Fact]
    public void Activity_cutoff_may_be_another_day()
    {
        PatronFacts facts = new()
        {
            Source = FactSource.File, PrimaryId = "p1", Today = new DateOnly(2026, 1, 1), LastActivityDate = Day(-40),
        };

        Assert.Empty(RuleBook.Judge(facts, Criteria()));
        PurgeCriteria earlier = Criteria() with { InactiveSince = s_cutoff.AddDays(-40) };
        Assert.Equal("RecentlyActive", Assert.Single(RuleBook.Judge(facts, earlier)).Rule);
    }

    [Fact]
    public void Every_rule_has_a_name_of_its_own_a_sentence_and_can_be_found()
    {
        Assert.Equal(26, RuleBook.All.Select(r => r.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(RuleBook.All, r =>
        {
            Assert.EndsWith(".", r.Sentence, StringComparison.Ordinal);
            Assert.Same(r, RuleBook.Find(" " + r.Name.ToUpperInvariant()));
        });
        Assert.Equal(
            ["RecentlyActive", "InternalAccount", "LinkedCopy", "Blocked", "Proxy"],
            RuleBook.All.Where(r => r.CanBeIgnored).Select(r => r.Name));
        Assert.Null(RuleBook.Find("NoSuchRule"));
    }

    private static PurgeCriteria Criteria() => new()
    {
        UserGroup = "UNDRGRD", UserGroupDescription = "Undergraduate Students", ExpiredBefore = s_cutoff,
    };

    private static Fact<DateOnly> Day(int fromCutoff) => Fact<DateOnly>.Known(s_cutoff.AddDays(fromCutoff));

    private static Fact<T> Known<T>(T value) => Fact<T>.Known(value);
}
