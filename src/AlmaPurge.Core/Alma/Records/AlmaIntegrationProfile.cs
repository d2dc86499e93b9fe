namespace AlmaPurge.Core.Alma;

/// <summary>
/// An integration profile. That <c>/conf/integration-profiles</c> lists them is documented; what the settings are called
/// is not, so they are kept by whatever name they have.
/// </summary>
/// <param name="Id">Id.</param>
/// <param name="Code">Code.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Settings">Settings by name; empty where Alma gave none.</param>
public sealed record AlmaIntegrationProfile(
    string Id,
    string Code,
    string Name,
    IReadOnlyDictionary<string, string> Settings);
