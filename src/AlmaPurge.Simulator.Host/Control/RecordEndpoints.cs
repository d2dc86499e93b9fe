namespace AlmaPurge.Simulator.Host.Control;

/// <summary>Who must stay, and who was removed: by these a purge is judged without asking who made it.</summary>
internal static class RecordEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("manifest", Manifest);
        group.MapGet("purged", Purged);
    }

    private static IResult Manifest(HttpRequest request, AlmaSimulator simulator)
    {
        string? userGroup = ControlQuery.UserGroup(request, simulator);
        DateOnly cutoff = Cutoff(request, simulator);
        return TypedResults.Ok(new
        {
            userGroup,
            expiredBefore = cutoff,
            mustStay = simulator.ManifestFor(userGroup, cutoff)
                .Select(e => new { primaryId = e.PrimaryId, reasons = e.Reasons }),
            mayGo = simulator.PurgeableFor(userGroup, cutoff),
        });
    }

    private static IResult Purged(HttpRequest request, AlmaSimulator simulator)
    {
        string? userGroup = ControlQuery.UserGroup(request, simulator);
        DateOnly cutoff = Cutoff(request, simulator);
        IReadOnlyList<PurgeRecord> purged = simulator.Purged;
        ILookup<string, string> reasons = simulator.WronglyPurged(userGroup, cutoff)
            .SelectMany(e => e.Reasons.Select(reason => (e.PrimaryId, reason)))
            .ToLookup(p => p.PrimaryId, p => p.reason, StringComparer.OrdinalIgnoreCase);
        return TypedResults.Ok(new
        {
            userGroup,
            expiredBefore = cutoff,
            count = purged.Count,
            wrong = reasons.Count,
            purged = purged.Select(p => new
            {
                primaryId = p.PrimaryId,
                time = p.Time,
                way = p.Way.ToString(),
                policy = p.Policy,
                jobInstance = p.Reference,
                userGroup = p.LastState.UserGroup,
                purgeDate = p.LastState.PurgeDate,
                reasonsToStay = reasons[p.PrimaryId].Distinct(),
            }),
        });
    }

    // As the simulator's own manifest: a year before the day on which its clock started.
    private static DateOnly Cutoff(HttpRequest request, AlmaSimulator simulator)
    {
        return ControlQuery.Day(request, "expiredBefore") ?? simulator.DefaultCutoff;
    }
}
