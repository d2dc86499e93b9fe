namespace AlmaPurge.Simulator.Host.Control;

/// <summary>What staff and the night do without the API: the classic purge, and the student system's load.</summary>
internal static class StaffEndpoints
{
    private const string PurgeExample =
        """{"daysAfterPurgeDate":10,"recordType":"Public","userGroup":"PURGEUG","waiveThreshold":1}""";

    private const string LoadExample = """{"returning":["00400000"]}""";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("student-load", LoadAsync);
        group.MapPost("purge-user-records", PurgeAsync);
        group.MapGet("jobs", Jobs);
        group.MapGet("jobs/{id}", Job);
    }

    private static async Task<IResult> LoadAsync(HttpRequest request, AlmaSimulator simulator)
    {
        ControlBody body = await ControlBody.ReadAsync(request, LoadExample, "returning").ConfigureAwait(false);
        IReadOnlyList<string> changed = simulator.StudentLoad(body.Texts("returning"));
        return TypedResults.Ok(new { count = changed.Count, changed });
    }

    private static async Task<IResult> PurgeAsync(HttpRequest request, AlmaSimulator simulator)
    {
        ControlBody body = await ControlBody.ReadAsync(
            request, PurgeExample, "daysAfterPurgeDate", "recordType", "userGroup", "waiveThreshold").ConfigureAwait(false);
        PurgeForm form = new()
        {
            Days = body.Number("daysAfterPurgeDate") ?? 0,
            RecordType = body.Text("recordType")
                ?? throw new ControlException("recordType is missing.", $"Send JSON such as {PurgeExample}."),
            UserGroup = body.Text("userGroup") is { Length: > 0 } group ? group : null,
            WaiveThreshold = body.Amount("waiveThreshold") ?? 0,
        };
        PurgePreview preview = form.Preview(simulator);
        SimulatedJobRun run = form.Start(simulator);
        return TypedResults.Accepted($"/simulator/jobs/{run.Id}", new
        {
            job = JobView.Of(run),
            wouldPurgeNow = preview.Taken,
            byUserGroup = preview.TakenByGroup,
            warnings = form.Warnings(preview),
        });
    }

    private static IResult Jobs(AlmaSimulator simulator)
    {
        return TypedResults.Ok(new { jobs = simulator.JobRuns.Select(JobView.Of) });
    }

    private static IResult Job(string id, AlmaSimulator simulator)
    {
        SimulatedJobRun run = simulator.JobRuns.FirstOrDefault(r => r.Id == id)
            ?? throw new ControlException(
                $"There is no job instance {id}.", "GET /simulator/jobs lists them.", StatusCodes.Status404NotFound);
        return TypedResults.Ok(JobView.Of(run));
    }
}
