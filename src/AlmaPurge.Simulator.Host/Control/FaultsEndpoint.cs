namespace AlmaPurge.Simulator.Host.Control;

/// <summary>How the make-believe Alma misbehaves.</summary>
internal static class FaultsEndpoint
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("faults", Read);
    }

    private static IResult Read(AlmaSimulator simulator)
    {
        return TypedResults.Ok(new { active = simulator.Options.Faults, known = AlmaSimulator.KnownFaults });
    }
}
