using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Readiness;

/// <summary>Which environment the key reaches.</summary>
internal sealed class EnvironmentCheck : ReadinessCheck
{
    public override string Name => "Environment";

    protected override string AskRemedy =>
        "Find out in Ex Libris' developer network to which environment the key belongs. It is treated as production.";

    protected override async Task<AlmaReadinessCheck> CheckAsync(ReadinessContext context, CancellationToken cancellationToken)
    {
        AlmaConnection connection = context.Session.Connection;
        string where = $"{connection.InstitutionName} ({connection.Institution})";
        if (connection.EnvironmentType == AlmaEnvironmentType.Simulated)
        {
            return Pass($"The simulator: {where}. Nothing is sent anywhere.");
        }

        AlmaGeneralConfiguration general =
            await context.Reader.GetGeneralConfigurationAsync(cancellationToken).ConfigureAwait(false);
        return general.Environment switch
        {
            AlmaEnvironment.Sandbox => Pass($"The sandbox of {where}."),
            AlmaEnvironment.Production => Warn(
                $"Production: {where}. What is purged here is gone for good.",
                "Try the whole purge in the institution's sandbox first."),
            _ => Ask($"Alma calls its environment '{general.EnvironmentText}', which is not understood: {where}."),
        };
    }
}
