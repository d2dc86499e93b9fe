using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Jobs;

/// <summary>A job that is listed, so that a client must choose, but that cannot be run here.</summary>
internal sealed class OtherJob : IJob
{
    public OtherJob(string id, string name, string type, string content)
    {
        Id = id;
        Name = name;
        Type = type;
        Content = content;
    }

    public string Id { get; }

    public string Name { get; }

    public string Type { get; }

    public string Category => "OTHER";

    public string Content { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; } = [new("set_id", ""), new("job_name", "")];

    public string DoneLabel => "Number of records processed";

    public void Validate(Library library, IReadOnlyDictionary<string, string> parameters)
    {
        throw new ApiErrorException("402231", $"The job {Id} cannot be run by API.");
    }

    public string? Apply(Library library, SimulatedJobRun run, SimulatedUser user)
    {
        return "not run here";
    }
}
