using System.Text;
using Newtonsoft.Json;

namespace AlmaPurge.Core.Runs;

/// <summary>
/// At which institutions a purge by Alma's job "Purge users" was verified. Nobody outside the vendor knows what that job
/// honours, so the first one anywhere must be small. Beside the runs and not in one, since those are deleted one day.
/// </summary>
internal sealed class ProvenSetJobs
{
    /// <summary>Name of the file in the folder of the runs.</summary>
    public const string FileName = "setjob-verified.json";

    private readonly PurgeRun _run;

    public ProvenSetJobs(PurgeRun run) => _run = run;

    /// <summary>Whether one was verified in the environment of the run.</summary>
    public bool HasOne => Read().Any(IsOfRun);

    /// <summary>Takes down that the run's purge was verified; once for each environment.</summary>
    public void Record(DateTimeOffset verifiedAt)
    {
        IReadOnlyList<ProvenSetJob> known = Read();
        if (_run.IsPreview || _run.StoreRoot is not { } root || known.Any(IsOfRun))
        {
            return;
        }

        ProvenSetJob proof = new(
            _run.Document.Institution ?? "",
            _run.Document.EnvironmentType ?? AlmaEnvironmentType.Production,
            _run.RunId,
            _run.Document.Purge?.PatronCount ?? 0,
            verifiedAt);
        byte[] text = Encoding.UTF8.GetBytes(RunJson.Serialize(known.Append(proof), Formatting.Indented));
        new RunFolder(root).Replace(FileName, stream => stream.Write(text));
    }

    // What cannot be read proves nothing: the next purge is held to a handful again.
    private IReadOnlyList<ProvenSetJob> Read()
    {
        if (_run.StoreRoot is not { } root || !new RunFolder(root).Has(FileName))
        {
            return [];
        }

        try
        {
            return RunJson.Deserialize<ProvenSetJob[]>(new RunFolder(root).ReadText(FileName));
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private bool IsOfRun(ProvenSetJob proof) =>
        proof.EnvironmentType == _run.Document.EnvironmentType
        && string.Equals(proof.Institution, _run.Document.Institution, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A verified purge by Alma's job "Purge users".</summary>
/// <param name="Institution">Institution code.</param>
/// <param name="EnvironmentType">Which of its environments.</param>
/// <param name="RunId">The run.</param>
/// <param name="PatronCount">For how many patrons it was started.</param>
/// <param name="VerifiedAt">When each of them was looked up.</param>
internal sealed record ProvenSetJob(
    string Institution,
    AlmaEnvironmentType EnvironmentType,
    string RunId,
    int PatronCount,
    DateTimeOffset VerifiedAt);
