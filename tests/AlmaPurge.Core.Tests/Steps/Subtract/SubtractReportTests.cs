using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Subtract;
using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tests.Steps.Import;

namespace AlmaPurge.Core.Tests.Steps.Subtract;

/// <summary>Why somebody is taken off the list by a fines file, what is said of the file, and who may not come back by it.</summary>
public sealed class SubtractReportTests : ImportTestBase
{
    private const string Header = "Primary Identifier,Fine Fee Status,Remaining Amount\n";

    [Theory]
    [InlineData(Header + "A,Active,\nA,Active,lots\n", "has a fee without an amount (row 2 of the fines file)")]
    [InlineData(Header + "A,Active,lots\nA,Active,\n", "has a fee whose amount cannot be understood (row 2 of the fines file)")]
    [InlineData(Header + "A,Active,0.40\na,Active,0.40\nA,Active,0.40\n", "owes 1.20, tolerance 1.00")]
    [InlineData("Primary Identifier\nA\n", "is in the fines file, which has no column with the remaining amount")]
    public void Whoever_owes_is_told_why(string fines, string evidence)
    {
        PurgeRun run = NewRun(tolerance: 1);
        Import(run, ImportStep.Read(["A", "B"]));

        Assert.Equal(["B"], Subtract(run, fines).Passed.Select(c => c.PrimaryId));

        AlmaPurgeExclusion exclusion = Assert.Single(run.Patrons.Exclusions());
        Assert.Equal(("A", "OwesFees", evidence), (exclusion.PrimaryId, exclusion.Rule, exclusion.Evidence));
    }

    [Fact]
    public void Rows_are_counted_with_those_that_are_passed_over()
    {
        PurgeRun run = NewRun();
        Import(run, ImportStep.Read(["A"]));

        (_, FinesJoin join) = Subtract(run, Header + "B,Active,5.00\n,Active,3.00\n,Active,1.00\nGrand Total,,9.00\n");

        Assert.Equal(4, run.Document.Inputs[^1].Rows);
        Assert.Equal(3, join.Ignored);
    }

    [Theory]
    [InlineData(Header, "the file has a header but no rows.")]
    [InlineData(Header + ",Active,5.00\nGrand Total,,5.00\n", "no row has a primary identifier.")]
    public void List_of_nobody_is_refused_with_the_reason(string fines, string words)
    {
        TableException error = Refused(() => Load(fines), TableErrorKind.Empty);

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Contains("more likely means a wrong filter", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_identifier_is_refused_with_its_row()
    {
        TableException error = Refused(() => Load(Header + "A,Active,5.00\n#N/A,Active,5.00\n"), TableErrorKind.DamagedIds);

        Assert.Contains("column 'Primary Identifier', row 3: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("so nobody can tell who owes that fee", error.Message, StringComparison.Ordinal);
        Assert.Contains("Correct that row", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Block_gives_those_who_owe_nothing_under_the_identifier_of_the_import()
    {
        PurgeRun run = NewRun();
        Import(run, ImportStep.Read(["A", "B", "C"]));
        using SubtractStep step = new(run, Load(Header + "b,Active,5.00\n"), Said);

        Assert.Equal(["A", "C"], step.Passing(Candidates(run, "A", "B", "C")).Select(c => c.PrimaryId));
        Assert.Equal("B", Assert.Single(run.Patrons.Exclusions()).PrimaryId);
        Assert.Equal(["A", "C"], step.Passing(Candidates(run, "A", "C")).Select(c => c.PrimaryId));
        Assert.Empty(step.Passing(Candidates(run, "B")));
    }

    [Fact]
    public void Whoever_was_kept_by_another_step_does_not_come_back_unless_alma_was_only_not_reached()
    {
        PurgeRun run = NewRun();
        Import(run, ImportStep.Read(["A", "B", "C"]));
        run.Patrons.Exclude("A", StepNames.Check, "OpenLoans", "1 open loan(s)");
        run.Patrons.ExcludeUnreached("B", StepNames.Check, [new RuleFinding("CheckFailed", "no answer")]);
        using SubtractStep step = new(run, Load(Header + "X,Active,5.00\n"), Said);

        Assert.Equal(["B", "C"], step.Passing(Candidates(run, "A", "B", "C")).Select(c => c.PrimaryId));
    }

    [Fact]
    public void What_looks_wrong_is_told_with_what_to_do()
    {
        PurgeRun run = NewRun();
        Import(run, ImportStep.Read(["0042"]));
        Subtract(run, Header + "42,Active,5.00\n");
        PurgeRun other = NewRun();
        Import(other, ImportStep.Read(["A"]));
        Subtract(other, Header + "B,Active,5.00\n");

        Assert.Equal(
            [
                "1 patrons were found in the fines file with a different number of leading zeros. A spreadsheet may have taken them away: check both files.",
                "None of the 1 patrons in the fines file is a candidate. Make sure that it is the right file and has the same identifiers.",
            ],
            Said.Warnings);
    }

    [Fact]
    public void Step_that_nobody_came_to_says_nothing()
    {
        PurgeRun run = NewRun();
        Import(run, ImportStep.Read(["A"]));
        using SubtractStep step = new(run, Load(Header + "B,Active,5.00\n"), Said);

        Assert.Empty(step.Run([], CancellationToken.None));

        Assert.Empty(Said.Warnings);
    }

    private static AlmaPurgeCandidate[] Candidates(PurgeRun run, params string[] ids) =>
        [.. ids.Select(id => new AlmaPurgeCandidate(run, id))];

    private FinesTable Load(string fines) =>
        FinesTable.Load([Write(fines)], TableOptions.Default, false, Said, CancellationToken.None);

    private (List<AlmaPurgeCandidate> Passed, FinesJoin Join) Subtract(PurgeRun run, string fines)
    {
        using SubtractStep step = new(run, Load(fines), Said);
        IEnumerable<AlmaPurgeCandidate> candidates = run.Patrons.RemainingIds().Select(id => new AlmaPurgeCandidate(run, id));
        return ([.. step.Run(candidates, CancellationToken.None)], step.Join);
    }
}
