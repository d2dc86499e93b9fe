namespace AlmaPurge;

/// <summary>A row of Alma's code table UserGroups.</summary>
public sealed class AlmaUserGroup
{
    internal AlmaUserGroup(string code, string description)
    {
        Code = code;
        Description = description;
    }

    /// <summary>Code, such as UNDRGRD.</summary>
    public string Code { get; }

    /// <summary>Description, such as Undergraduate Students.</summary>
    public string Description { get; }

    /// <inheritdoc/>
    public override string ToString() => Code;
}
