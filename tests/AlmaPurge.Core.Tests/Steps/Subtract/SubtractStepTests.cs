using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Subtract;
using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tests.Steps.Import;
using AlmaPurge.Core.Tests.Tables;

namespace AlmaPurge.Core.Tests.Steps.Subtract;

public sealed class SubtractStepTests : ImportTestBase
{
    private const string Header = "Primary Identifier,Fine Fee Status,Remaining Amount\n";

    [Theory]
    [InlineData(0, 53, 7)]
    [InlineData(1, 54, 6)]
    public void Sample_fines(int tolerance, int expected, int owing)
    {
        PurgeRun run = NewRun(tolerance: tolerance);
        Import(run, Read(Export("undergraduates.csv")));

        (List<AlmaPurgeCandidate> passed, FinesJoin join) = Subtract(run, Export("fines.csv"));

        Assert.Equal(expected, passed.Count);
        Assert.Equal(new FinesJoin(12, 11, 1, 10, 1, owing, 0), join);
        Assert.Equal(expected, run.Patrons.RemainingCount);
        string[] kept = [.. run.Patrons.Exclusions().Where(e => e.Rule == "OwesFees").Select(e => e.PrimaryId).Order()];
        string[] owe = ["00266607", "00266663", "00266677", "00266691", "00266719", "00266733", "00266747"];
        Assert.Equal(owe.Where(id => tolerance == 0 || id != "00266691"), kept);
        Assert.All(run.Patrons.Exclusions().Where(e => e.Rule == "OwesFees"), e => Assert.Equal("Subtract", e.Step));
        Assert.Empty(Said.Warnings);
        Assert.Contains(Said.Lines, l => l.Contains("10 matched, 1 unmatched", StringComparison.Ordinal));
        Assert.Equal(["undergraduates.csv", "fines.csv"], run.Document.Inputs.Select(i => i.Name));
        Assert.Equal(AlmaPurgeRunState.Imported, RunView.StateOf(run));
    }

    [Fact]
    public void Empty_file_is_refused_unless_allowed()
    {
        TableException error = Refused(() => Load(false, Export("fines-empty.csv")), TableErrorKind.Empty);
        Assert.Contains("-AllowEmpty", error.Message, StringComparison.Ordinal);
        Refused(() => Load(false, Write("")), TableErrorKind.Empty);
        Refused(() => Load(false, Export("fines.csv"), Export("fines-empty.csv")), TableErrorKind.Empty);

        Assert.Equal(0, Load(true, Export("fines-empty.csv"), Write("")).PatronCount);
    }

    [Fact]
    public void File_of_rows_without_ids_is_refused() =>
        Refused(() => Load(false, Write(Header + ",Active,5.00\n,Active,6.00\n")), TableErrorKind.Empty);

    [Fact]
    public void File_without_id_column_is_refused_whatever_is_allowed() =>
        Refused(() => Load(true, Write("Barcode,Remaining Amount\n1,5.00\n")), TableErrorKind.NoIdColumn);

    [Theory]
    [InlineData("Active,12.50", true)]
    [InlineData("Active,0.00", false)]
    [InlineData("Active,0.01", true)]
    [InlineData("Active,-5.00", false)]
    [InlineData("Closed,12.50", false)]
    [InlineData("closed,", false)]
    [InlineData("In dispute,5.00", true)]
    [InlineData("In dispute,0", false)]
    [InlineData("Exported,0.00", true)]
    [InlineData("Exported,-1.00", true)]
    [InlineData("EXPORTED,40", true)]
    [InlineData("Waiting for Godot,1.00", true)]
    [InlineData(",1.00", true)]
    [InlineData("Active,", true)]
    [InlineData("Active,lots", true)]
    public void Who_owes(string fee, bool owes)
    {
        string fines = Write(Header + "00042," + fee + "\n00099,Active,1.00\n", name: "fines.csv");

        Assert.Equal(owes ? [] : ["00042"], PassOf(["00042"], fines));
    }

    [Fact]
    public void Credits_are_not_netted_and_fees_add_up()
    {
        string fines = Write(
            Header + "A,Active,10.00\nA,Active,-10.00\nB,Active,0.60\nb ,Active,0.60\nC,Active,0.60\nC,Active,0.40\n");
        PurgeRun run = NewRun(tolerance: 1);

        Import(run, ImportStep.Read(["A", "B", "C"]));

        Assert.Equal(["C"], Subtract(run, fines).Passed.Select(c => c.PrimaryId));
    }

    [Fact]
    public void Without_amounts_everybody_in_the_file_owes()
    {
        string fines = Write("Primary Identifier,Fine Fee Status,Original Amount\nA,Active,5.00\nB,Closed,5.00\n");

        Assert.Equal(["C"], PassOf(["A", "B", "C"], fines));
    }

    [Fact]
    public void Without_status_all_fees_are_active()
    {
        string fines = Write("USERNAME,Balance\nA,5.00\nB,0.00\n");

        Assert.Equal(["B", "C"], PassOf(["A", "B", "C"], fines));
    }

    [Fact]
    public void Workbook_of_fines()
    {
        string path = Path.Combine(Folder, "fines.xlsx");
        Workbook.Write(
            path,
            ["Fines on 11/20/2026"],
            ["Primary Identifier", "Fine Fee Status", "Remaining Amount"],
            ["A", "Active", 1.234],
            ["B", "Active", 0],
            ["C", "Active", new Workbook.ErrorCell("#N/A")]);

        Assert.Equal(["B"], PassOf(["A", "B", "C"], path));
    }

    [Fact]
    public void Totals_are_passed_over_and_rows_without_id_are_pointed_out()
    {
        string fines = Write(Header + "A,Active,5.00\n,Active,3.00\nGrand Total,,8.00\n");

        Assert.Equal(["B"], PassOf(["A", "B"], fines));
        Assert.Contains("1 rows have no primary identifier", Assert.Single(Said.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.02667E+07,Active,5.00", TableErrorKind.DamagedIds)]
    [InlineData("#N/A,Active,5.00", TableErrorKind.DamagedIds)]
    [InlineData("C,Active,5,00", TableErrorKind.ShiftedRows)]
    public void Single_damaged_id_is_refused_since_nobody_can_tell_who_owes(string row, TableErrorKind kind)
    {
        string good = string.Concat(Enumerable.Range(0, 60).Select(i => $"id{i},Active,1.00\n"));

        TableException error = Refused(() => Load(false, Write(Header + good + row + "\n")), kind);

        Assert.Equal(62, error.Row);
    }

    [Theory]
    [InlineData("266607", "00266607")]
    [InlineData("00266607", "266607")]
    public void Lost_leading_zeros_do_not_hide_a_debt(string inFines, string candidate)
    {
        string fines = Write(Header + inFines + ",Active,5.00\n");

        Assert.Empty(PassOf([candidate], fines));
        Assert.Contains("leading zeros", Assert.Single(Said.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Lost_leading_zeros_do_not_hide_a_debt_among_entries_of_several_lengths()
    {
        string fines = Write(Header + "00266607,Active,5.00\n00266608,Active,5.00\n1234567,Active,5.00\n");

        Assert.Empty(PassOf(["0266608"], fines));
    }

    [Fact]
    public void Join_without_a_match_is_pointed_out()
    {
        PassOf(["A"], Write(Header + "B,Active,5.00\n"));

        Assert.Contains("None of the 1 patrons", Assert.Single(Said.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Step_that_is_left_early_leaves_the_run_partial()
    {
        PurgeRun run = NewRun();
        Import(run, ImportStep.Read(["A", "B"]));

        using (SubtractStep step = new(run, Load(false, Write(Header + "A,Active,5.00\n")), Said))
        {
            Assert.False(step.Passes(new AlmaPurgeCandidate(run, "A")));
        }

        Assert.False(run.Patrons.IsRemaining("A"));
        Assert.Equal(["Subtract"], run.Document.OpenSteps);
    }

    // An identifier becomes a string only when somebody asks for it, and is compared as UTF-8 until then.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Imported_candidate_is_found_however_its_id_is_written(bool isAskedBefore)
    {
        string[] ids = ["ab.1@x", "Öz/ 1", "00042", "77", "free", "Ñ", "43"];
        string fines = Write(Header + "AB.1@X,Active,5.00\nöZ/ 1,Active,5.00\n42,Active,5.00\n0077,Active,5.00\n");
        (PurgeRun run, List<AlmaPurgeCandidate> candidates) = Import(NewRun(), ImportStep.Read(ids));
        if (isAskedBefore)
        {
            Assert.Equal(ids, candidates.Select(c => c.ToString()));
        }

        List<AlmaPurgeCandidate> passed = Subtract(run, fines, candidates).Passed;

        Assert.Equal(["free", "Ñ", "43"], passed.Select(c => c.PrimaryId));
        Assert.Equal(ids[..4], run.Patrons.Exclusions().Select(e => e.PrimaryId));
    }

    private FinesTable Load(bool allowEmpty, params string[] paths) =>
        FinesTable.Load(paths, TableOptions.Default, allowEmpty, Said, CancellationToken.None);

    private IEnumerable<string> PassOf(string[] ids, string fines)
    {
        (PurgeRun run, List<AlmaPurgeCandidate> candidates) = Import(NewRun(), ImportStep.Read(ids));
        return Subtract(run, fines, candidates).Passed.Select(c => c.PrimaryId);
    }

    private (List<AlmaPurgeCandidate> Passed, FinesJoin Join) Subtract(PurgeRun run, string fines) =>
        Subtract(run, fines, run.Patrons.RemainingIds().Select(id => new AlmaPurgeCandidate(run, id)));

    private (List<AlmaPurgeCandidate> Passed, FinesJoin Join) Subtract(
        PurgeRun run, string fines, IEnumerable<AlmaPurgeCandidate> candidates)
    {
        using SubtractStep step = new(run, Load(false, fines), Said);
        return ([.. step.Run(candidates, CancellationToken.None)], step.Join);
    }
}
