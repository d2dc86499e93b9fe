namespace AlmaPurge.Core.Alma;

/// <summary>An area that a key may have permission for.</summary>
public enum AlmaArea
{
    /// <summary>Users.</summary>
    Users,

    /// <summary>Configuration: sets, jobs, code tables.</summary>
    Configuration,

    /// <summary>Analytics.</summary>
    Analytics,
}
