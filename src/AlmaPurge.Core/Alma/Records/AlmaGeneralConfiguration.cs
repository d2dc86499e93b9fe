namespace AlmaPurge.Core.Alma;

/// <summary>The environment that a key belongs to. Whoever does not know must act as in production.</summary>
public enum AlmaEnvironment
{
    /// <summary>Alma said nothing, or a word that we do not know.</summary>
    Unknown,

    /// <summary>The real library.</summary>
    Production,

    /// <summary>The institution's sandbox.</summary>
    Sandbox,
}

/// <summary>Answer of <c>/conf/general</c>.</summary>
/// <param name="InstitutionCode">Institution code.</param>
/// <param name="InstitutionName">Institution name.</param>
/// <param name="Environment">Environment of the key.</param>
/// <param name="EnvironmentText">Environment as Alma worded it; the casing is not documented.</param>
public sealed record AlmaGeneralConfiguration(
    string InstitutionCode,
    string InstitutionName,
    AlmaEnvironment Environment,
    string EnvironmentText);
