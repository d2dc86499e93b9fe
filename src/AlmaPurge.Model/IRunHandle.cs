namespace AlmaPurge;

/// <summary>What a public object holds of its run; the run itself lives in Core, which this assembly does not know.</summary>
internal interface IRunHandle
{
    /// <summary>Id of the run, such as <c>UNDRGRD-20261122-031500</c>.</summary>
    string RunId { get; }

    /// <summary>Whether the run only previews: nothing of it may ever be applied.</summary>
    bool IsPreview { get; }
}
