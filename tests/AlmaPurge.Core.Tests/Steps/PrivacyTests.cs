using System.Text;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Import;
using AlmaPurge.Core.Tables;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>
/// Marked values stand in every personal field of Alma's answers and of the input file, and are looked for in all that
/// comes out: objects, messages, errors and files. So is the key.
/// </summary>
public sealed class PrivacyTests
{
    private const string Mark = "ZZPRIVATE";
    private const string Birth = "1901-02-03";

    private static readonly string[] s_texts =
    [
        "first_name", "middle_name", "last_name", "full_name", "pref_first_name", "pref_middle_name", "pref_last_name",
        "job_description", "web_site_url", "password", "pin_number",
    ];

    [Theory]
    [InlineData(AlmaPurgeRoute.SetJob)]
    [InlineData(AlmaPurgeRoute.UserDelete)]
    public async Task Nothing_personal_and_no_key_comes_out_of_a_whole_purge(AlmaPurgeRoute route)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        int planted = 0;
        world.Line.Change = (request, text) => Plant(request, text, ref planted);
        Everything heard = new();
        PurgeRun run = Import(world, heard);

        await foreach (AlmaPurgeCandidate candidate in new CheckStep(run, world.Session, heard).RunAsync(PurgeWorldSteps.Stream(run), default))
        {
            heard.Object(candidate);
        }

        heard.Object(await BuildAndMarkAsync(world, run, heard));
        world.Simulator.UpdateUser("p030", s => s with { OpenRequests = 1 });
        world.Simulator.UpdateUser("p031", s => s with { HiddenBlocker = "is assigned to an order line" });
        PurgeStep purge = new(run, world.Session, heard);
        PurgePlan plan = await purge.PlanAsync(new PurgeOptions { Route = route }, default);
        heard.Text(plan.Question + string.Join('\n', plan.Requests));
        heard.Object(await purge.ApplyAsync(plan, WriteApproval.Given("yes"), default));
        await purge.WaitAsync(default);
        await VerifyAsync(world, run, heard);
        UndoStep undo = new(run, world.Session, heard);
        foreach (AlmaUndoResult result in await undo.ApplyAsync(
            await undo.PlanAsync(new UndoOptions(), default), WriteApproval.Given("yes"), default))
        {
            heard.Object(result);
        }

        heard.Object(run.ToModel());
        foreach (AlmaPurgeExclusion exclusion in run.Patrons.Exclusions())
        {
            heard.Object(exclusion);
        }

        world.Line.Answer = request => InterceptingHandler.Error("UNAUTHORIZED");
        AlmaApiException error = await Assert.ThrowsAsync<AlmaApiException>(() => undo.PlanAsync(new UndoOptions(), default));
        heard.Text(error.ToString());
        new ExportReportStep(run.ToModel(), new ExportReportOptions()).Write(default);
        foreach (string file in Directory.GetFiles(run.Folder!, "*", SearchOption.AllDirectories))
        {
            heard.Text(await File.ReadAllTextAsync(file));
        }

        Assert.True(planted > 200, $"only {planted} answers were marked");
        Assert.Contains("p030", heard.All, StringComparison.Ordinal);
        string[] secrets = [Mark, Birth, "03/02/1901", "02/03/1901", world.Simulator.ApiKey];
        Assert.All(secrets, s => Assert.DoesNotContain(s, heard.All, StringComparison.OrdinalIgnoreCase));
    }

    private static PurgeRun Import(PurgeWorld world, Everything heard)
    {
        using TestFolder folder = new();
        string path = Path.Combine(folder.Path, "patrons.csv");
        string header = "Primary Identifier,User Group,Expiry Date,First Name,Middle Name,Last Name,Full Name,Preferred Email,"
            + "Birth Date,Preferred Address Line 1,Preferred Phone Number,User Notes";
        string expiry = FormattableString.Invariant($"{world.Session.Today().AddYears(-3):yyyy-MM-dd}");
        IEnumerable<string> rows = Enumerable.Range(1, 60).Select(i => FormattableString.Invariant(
            $"p{i:000},{PurgeWorld.Group},{expiry},{Mark}a,{Mark}b,{Mark}c,{Mark}d,{Mark}@example.org,{Birth},{Mark}e,{Mark}f,{Mark}g"));
        File.WriteAllLines(path, [header, .. rows, $"1E+07,{PurgeWorld.Group},{expiry},{Mark}a,{Mark}b,{Mark}c,{Mark}d,,,,,"]);
        ImportStep step = new(heard);
        ImportedPatrons patrons = step.Read([path], TableOptions.Default, default);
        PurgeRun run = world.Store.Create(patrons.Complete(world.Criteria()), preview: false);
        foreach (AlmaPurgeCandidate candidate in step.Run(run, patrons, default))
        {
            heard.Object(candidate);
        }

        return run;
    }

    private static async Task<AlmaUserSet> BuildAndMarkAsync(PurgeWorld world, PurgeRun run, Everything heard)
    {
        BuildSetStep build = new(run, world.Session, heard);
        BuildSetPlan set = await build.PlanAsync(null, new BuildSetOptions(), default);
        heard.Text(set.Question + string.Join('\n', set.Requests));
        heard.Object(await build.ApplyAsync(set, WriteApproval.Given("yes"), default));
        MarkStep mark = new(run, world.Session, heard);
        MarkPlan marking = await mark.PlanAsync(world.MarkOptions(), default);
        heard.Text(marking.Question + string.Join('\n', marking.Requests));
        return await mark.ApplyAsync(marking, WriteApproval.Given("yes"), default);
    }

    private static async Task VerifyAsync(PurgeWorld world, PurgeRun run, Everything heard)
    {
        await foreach (AlmaPurgeResult result in new VerifyStep(run, world.Session, heard).RunAsync(null, default))
        {
            heard.Object(result);
        }
    }

    private static string Plant(HttpRequestMessage request, string text, ref int planted)
    {
        if (!request.RequestUri!.AbsolutePath.Contains("/users", StringComparison.Ordinal) || !text.StartsWith('{'))
        {
            return text;
        }

        JObject answer = JsonConvert.DeserializeObject<JObject>(text, new JsonSerializerSettings { DateParseHandling = DateParseHandling.None })!;
        foreach (JObject user in answer["user"] is JArray users ? users.OfType<JObject>() : answer["primary_id"] is null ? [] : [answer])
        {
            planted++;
            foreach (string field in s_texts)
            {
                user[field] = Mark + field;
            }

            user["birth_date"] = Birth + "Z";
            user["contact_info"] = JObject.Parse($$"""
                {"address":[{"line1":"{{Mark}}1","line2":"{{Mark}}2","city":"{{Mark}}3","postal_code":"{{Mark}}4","address_note":"{{Mark}}5"}],
                 "email":[{"email_address":"{{Mark}}@example.org"}],"phone":[{"phone_number":"{{Mark}}6"}]}
                """);
            user["user_note"] = JArray.Parse($$"""[{"note_type":{"value":"OTHER"},"note_text":"{{Mark}}7"}]""");
            user["user_statistic"] = JArray.Parse($$"""[{"statistic_note":"{{Mark}}8"}]""");
        }

        return answer.ToString(Formatting.None);
    }

    /// <summary>All that steps say and give.</summary>
    private sealed class Everything : IStepReporter
    {
        private readonly StringBuilder _all = new();

        public string All
        {
            get
            {
                lock (_all)
                {
                    return _all.ToString();
                }
            }
        }

        public void Text(string text)
        {
            lock (_all)
            {
                _all.AppendLine(text);
            }
        }

        public void Object(object value) => Text(value + " " + JsonConvert.SerializeObject(value));

        public void Progress(StepProgress progress) => Text(progress.ToString());

        public void Warn(string message) => Text(message);

        public void Verbose(string message) => Text(message);

        public void Problem(Exception problem, string? target) => Text(problem + " " + target);
    }
}
