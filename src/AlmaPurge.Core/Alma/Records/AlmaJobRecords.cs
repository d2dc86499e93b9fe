namespace AlmaPurge.Core.Alma;

/// <summary>A job that can be submitted.</summary>
/// <param name="Id">Job id, such as M148.</param>
/// <param name="Name">Name.</param>
/// <param name="Type">MANUAL, SCHEDULED, OTHER.</param>
/// <param name="Category">Category code, may be empty.</param>
/// <param name="Content">Content type of the set it works on, such as USER; may be empty.</param>
/// <param name="Description">Description, may be empty.</param>
public sealed record AlmaJobRecord(
    string Id,
    string Name,
    string Type,
    string Category,
    string Content,
    string Description);

/// <summary>A job with its parameters.</summary>
/// <param name="Job">The job.</param>
/// <param name="Parameters">Parameters that Alma names; it is not known whether real Alma gives any.</param>
public sealed record AlmaJobDefinition(AlmaJobRecord Job, IReadOnlyList<JobParameter> Parameters);

/// <summary>A parameter of a job.</summary>
/// <param name="Name">Name.</param>
/// <param name="Value">Value; Alma takes everything as text.</param>
public sealed record JobParameter(string Name, string Value);

/// <summary>Answer to a submission.</summary>
/// <param name="JobId">Job id.</param>
/// <param name="InstanceId">
/// Instance id; null if the answer had none. The job runs then all the same and is found by its unique job name.
/// </param>
/// <param name="Text">Alma's own words.</param>
public sealed record AlmaJobStart(string JobId, string? InstanceId, string Text);
