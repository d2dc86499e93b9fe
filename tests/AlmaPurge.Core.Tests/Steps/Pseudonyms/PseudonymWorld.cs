using System.Text;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Import;
using AlmaPurge.Core.Steps.Subtract;
using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tests.Reports;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps.Pseudonyms;

/// <summary>
/// A run with pseudonyms on which everything happens that a run folder has a place for. Whatever names somebody has the
/// mark in it, in Alma, in the files and where no identifier belongs.
/// </summary>
public abstract class PseudonymWorld : ReviewTestBase
{
    protected const string Mark = "zqid";
    private const int Plain = 60;

    private static readonly DateOnly s_today = DateOnly.FromDateTime(DateTime.UtcNow);

    private static readonly Dictionary<string, Func<SimulatedUserSpec, SimulatedUserSpec>> s_dangers = new()
    {
        ["loans"] = s => s with { OpenLoans = 1 },
        ["requests"] = s => s with { OpenRequests = 1 },
        ["fees"] = s => s with { Fees = [new SimulatedFee("OVERDUEFINE", "ACTIVE", 3m, 3m)] },
        ["role"] = s => s with { Roles = [.. s.Roles, new SimulatedRole("52", "Instructor", "ACTIVE")] },
        ["expires"] = s => s with { ExpiryDate = s_today.AddYears(1) },
        ["endless"] = s => s with { ExpiryDate = null },
        ["active"] = s => s with { LastPatronActivityDate = s_today },
        ["blocked"] = s => s with { Blocks = [new SimulatedBlock("GENERAL", "BARRED", "ACTIVE", null)] },
        ["staff"] = s => s with { UserGroup = "STAFF", RecordType = "STAFF" },
        ["group"] = s => s with { UserGroup = "ALUMNI" },
        ["internal"] = s => s with { AccountType = "INTERNAL" },
        ["linked"] = s => s with { SourceLinkId = Mark + "-source" },
        ["researcher"] = s => s with { IsResearcher = true },
        ["proxy"] = s => s with { ProxyFor = [Mark + "-professor"] },
    };

    internal static string Id(int number) => FormattableString.Invariant($"{Mark}-p{number:000}");

    internal static async Task<PurgeWorld> LibraryAsync()
    {
        PurgeWorld world = await PurgeWorld.ConnectAsync(0);
        world.AddPatron("canary", s => s with { ExpiryDate = s_today.AddYears(1) });
        for (int i = 1; i <= Plain; i++)
        {
            world.AddPatron(Id(i), s => s);
        }

        foreach ((string name, Func<SimulatedUserSpec, SimulatedUserSpec> change) in s_dangers)
        {
            world.AddPatron($"{Mark}-{name}", change);
        }

        world.AddPatron($"{Mark}-owner", s => s with { Identifiers = [new SimulatedIdentifier("BARCODE", Mark + "-barcode")] });
        return world;
    }

    internal PurgeRun ImportAll(PurgeWorld world, bool pseudonymize = true)
    {
        KeepList keepList = KeepList.Of(
            [new KeepListSource("keep.txt", new string('a', 64), 3)],
            new[] { Id(1), Id(2).ToUpperInvariant(), Mark + "-never-imported" }.Select(id => KeyValuePair.Create(id, "keep.txt")));
        ImportStep step = new(world.Reporter);
        ImportedPatrons patrons = step.Read([Write(PatronFile(world))], TableOptions.Default, default);
        PurgeCriteria criteria = world.Criteria() with { Pseudonymize = pseudonymize, KeepList = keepList };
        PurgeRun run = world.Store.Create(patrons.Complete(criteria), preview: false);
        AlmaPurgeCandidate[] candidates = [.. step.Run(run, patrons, default)];
        using SubtractStep subtract = NewSubtract(run, world);
        Assert.Equal(candidates.Length - 1, subtract.Run(candidates, default).Count());
        return run;
    }

    /// <summary>Everything from the check to the undo, with a veto, somebody left out, drift, a refusal and a lost answer.</summary>
    internal async Task WholeAsync(PurgeWorld world, PurgeRun run)
    {
        await world.CheckAsync(run);
        await ReviewAsync(world, run);
        BuildSetStep build = world.BuildSetStep(run);
        string[] arrived = [.. run.Patrons.RemainingIds().Where(id => id != Id(7))];
        BuildSetPlan set = await build.PlanAsync(arrived, new BuildSetOptions(), default);
        await build.ApplyAsync(set, WriteApproval.Given("yes"), default);
        MarkStep mark = world.MarkStep(run);
        await mark.ApplyAsync(await mark.PlanAsync(world.MarkOptions(), default), WriteApproval.Given("yes"), default);
        world.Simulator.UpdateUser(Id(30), s => s with { OpenRequests = 1 });
        await DeleteAsync(world, run);
        await world.VerifyAsync(run: run);
        UndoStep undo = new(run, world.Session, world.Reporter);
        await undo.ApplyAsync(await undo.PlanAsync(new UndoOptions(), default), WriteApproval.Given("yes"), default);
        await world.VerifyAsync(run: run);
    }

    private SubtractStep NewSubtract(PurgeRun run, PurgeWorld world)
    {
        string path = Write($"Primary Identifier,Fine Fee Status,Remaining Amount\n{Id(5)},Active,5.00\n{Mark}-stranger,Active,{Mark}\n", name: "fines.csv");
        FinesTable fines = FinesTable.Load([path], TableOptions.Default, allowEmpty: false, world.Reporter, default);
        return new SubtractStep(run, fines, world.Reporter);
    }

    // Where no identifier belongs there is one too: in the columns of group, date and institution.
    private static string PatronFile(PurgeWorld world)
    {
        StringBuilder file = new("Primary Identifier,Full Name,User Group Code,Expiry Date,Linked From Institution Code,Status\n");
        string expiry = s_today.AddYears(-3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        void Row(string id, string group = PurgeWorld.Group, string? date = null, string code = "", string status = "") =>
            file.Append(System.Globalization.CultureInfo.InvariantCulture, $"{id},Some Body,{group},{date ?? expiry},{code},{status}\n");
        foreach (string id in world.Simulator.Users.Select(u => u.PrimaryId).Where(id => id.StartsWith(Mark, StringComparison.Ordinal)))
        {
            Row(id);
        }

        Row(Mark + "-barcode");
        Row(Mark + "-nobody");
        Row(Mark + "-x1", group: Mark + "-other");
        Row(Mark + "-x2", date: Mark + "-other");
        Row(Mark + "-x3", group: Mark + "-one");
        Row(Mark + "-x3", group: Mark + "-two");
        Row(Mark + "-x4", code: Mark + "-institution");
        Row("=" + Mark + "-x5");
        Row("");
        Row(Mark + "-x7", status: "Deleted");
        Row(Mark + "-x6", code: "," + Mark + "-shifted");
        return file.ToString();
    }

    private async Task ReviewAsync(PurgeWorld world, PurgeRun run)
    {
        string path = Path.Combine(Folder, "review.xlsx");
        await new ExportReviewStep(run, world.Reporter).ExportAsync(null, new ExportReviewOptions { Path = path }, default);
        ChangeGoing(path, data => RowOf(data, Id(6)).Remove());
        ImportReviewStep step = new(run, world.Reporter);
        step.Apply(await step.ReadAsync(path, default));
    }

    private static async Task DeleteAsync(PurgeWorld world, PurgeRun run)
    {
        int deletions = 0;
        world.Line.Change = (request, text) => request.Method == HttpMethod.Delete && ++deletions == 7
            ? throw new HttpRequestException("The connection was closed.")
            : text;
        world.Line.Answer = request => request.Method == HttpMethod.Delete
            && request.RequestUri!.AbsolutePath.EndsWith(Id(31), StringComparison.Ordinal)
                ? InterceptingHandler.Error("401850", $"Failed to delete {Id(31)}, whose barcode is {Mark}-secret.")
                : null;
        PurgeStep purge = world.PurgeStep(run);
        PurgePlan plan = await purge.PlanAsync(world.PurgeOptions(AlmaPurgeRoute.UserDelete), default);
        await purge.ApplyAsync(plan, WriteApproval.Given("yes"), default);
        world.Line.Change = null;
        world.Line.Answer = null;
    }
}
