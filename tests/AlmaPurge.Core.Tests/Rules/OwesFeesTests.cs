using System.Globalization;
using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Tests.Rules;

/// <summary>Who owes: fees as "STATUS balance", joined by commas.</summary>
public sealed class OwesFeesTests
{
    [Theory]
    [InlineData("", 0, false)]
    [InlineData("ACTIVE 0", 0, false)]
    [InlineData("ACTIVE 0.01", 0, true)]
    [InlineData("INDISPUTE 5", 0, true)]
    [InlineData("CLOSED 5", 0, false)]
    [InlineData("closed 5", 0, false)]
    [InlineData("EXPORTED 0", 0, true)]
    [InlineData("EXPORTED -3", 0, true)]
    [InlineData("Exported 0", 100, true)]
    [InlineData("SOMETHING 5", 0, true)]
    [InlineData("ACTIVE -5", 0, false)]
    [InlineData("ACTIVE 10,ACTIVE -10", 0, true)]
    [InlineData("ACTIVE 10,INDISPUTE -20", 9.99, true)]
    [InlineData("ACTIVE 5", 5, false)]
    [InlineData("ACTIVE 5.01", 5, true)]
    [InlineData("ACTIVE 2.5,INDISPUTE 2.5", 5, false)]
    [InlineData("ACTIVE 2.5,INDISPUTE 2.51", 5, true)]
    [InlineData("ACTIVE 3,SOMETHING 3", 5, true)]
    public void Fees_one_by_one(string fees, double tolerance, bool owes)
    {
        PatronFacts facts = Facts();
        facts.Fees = Fact<IReadOnlyList<PatronFee>>.Known([.. fees
            .Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(f => f.Split(' '))
            .Select(f => new PatronFee(f[0], decimal.Parse(f[1], CultureInfo.InvariantCulture)))]);

        Assert.Equal(owes ? "OwesFees" : "", Judge(facts, (decimal)tolerance));
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(-5, 0, false)]
    [InlineData(0.01, 0, true)]
    [InlineData(5, 5, false)]
    [InlineData(5.01, 5, true)]
    public void Balance_of_the_user_record_where_the_fees_are_not_known(double balance, double tolerance, bool owes)
    {
        PatronFacts facts = Facts();
        facts.FeeBalance = Fact<decimal>.Known((decimal)balance);

        Assert.Equal(owes ? "OwesFees" : "", Judge(facts, (decimal)tolerance));
    }

    [Fact]
    public void Fees_that_cannot_be_read_keep_the_patron()
    {
        PatronFacts facts = Facts();
        facts.Fees = Fact<IReadOnlyList<PatronFee>>.Unreadable("12,50");

        Assert.Equal("CheckFailed", Judge(facts, 100));
    }

    private static PatronFacts Facts() =>
        new() { Source = FactSource.File, PrimaryId = "p1", Today = new DateOnly(2026, 3, 1) };

    private static string Judge(PatronFacts facts, decimal tolerance) => string.Join(' ', RuleBook
        .Judge(facts, new PurgeCriteria { UserGroup = "X", ExpiredBefore = new DateOnly(2025, 1, 1), FeeTolerance = tolerance })
        .Select(f => f.Rule));
}
