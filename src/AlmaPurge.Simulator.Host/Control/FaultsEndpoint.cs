namespace AlmaPurge.Simulator.Host.Control;

/// <summary>How the make-believe Alma misbehaves: told, and switched.</summary>
internal static class FaultsEndpoint
{
    private const string Example = """{"faults":["throttle:0.02","dropAcceptedPost@3"]}, or {"faults":[]} for none""";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("faults", Read);
        group.MapPost("faults", SwitchAsync);
    }

    private static IResult Read(AlmaSimulator simulator)
    {
        return TypedResults.Ok(new { active = simulator.ActiveFaults, known = AlmaSimulator.FaultDescriptions });
    }

    private static async Task<IResult> SwitchAsync(HttpRequest request, AlmaSimulator simulator)
    {
        ControlBody body = await ControlBody.ReadAsync(request, Example, "faults").ConfigureAwait(false);
        IReadOnlyList<string> faults = body.Texts("faults")
            ?? throw new ControlException("It does not say which faults.", $"Send JSON such as {Example}.");
        simulator.SetFaults([.. faults]);
        return Read(simulator);
    }
}
