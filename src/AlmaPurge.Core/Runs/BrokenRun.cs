namespace AlmaPurge.Core.Runs;

/// <summary>A run whose folder is damaged: it can be listed with the reason, and nothing else.</summary>
public sealed class BrokenRun : IRunHandle
{
    internal BrokenRun(string folder, AlmaPurgeException problem)
    {
        Folder = folder;
        Problem = problem;
    }

    /// <summary>Folder of the run.</summary>
    public string Folder { get; }

    /// <inheritdoc/>
    public string RunId => Path.GetFileName(Folder);

    /// <inheritdoc/>
    public bool IsPreview => false;

    /// <summary>What is wrong with it.</summary>
    public AlmaPurgeException Problem { get; }

    /// <summary>What users see of it.</summary>
    internal AlmaPurgeRun ToModel()
    {
        RunDocument? document = TryRead();
        return new AlmaPurgeRun(this)
        {
            UserGroup = document?.Criteria.UserGroupCode ?? document?.Criteria.UserGroup ?? "",
            ExpiredBefore = document?.Criteria.ExpiredBefore.ToDateTime(TimeOnly.MinValue) ?? default,
            State = AlmaPurgeRunState.Broken,
            PatronCount = 0,
            ExcludedCount = 0,
            CreatedAt = document?.CreatedAt ?? new DateTimeOffset(Directory.GetCreationTimeUtc(Folder), TimeSpan.Zero),
            Institution = document?.Institution,
            EnvironmentType = document?.EnvironmentType,
            Path = Folder,
            NextStep = Problem.Message,
            RetainUntil = document?.RetainUntil?.ToDateTime(TimeOnly.MinValue),
            PseudonymPath = new RunFolder(Folder).Has(RunFolder.PseudonymsName)
                ? Path.Combine(Folder, RunFolder.PseudonymsName)
                : null,
        };
    }

    private RunDocument? TryRead()
    {
        try
        {
            return RunStore.ReadDocument(new RunFolder(Folder));
        }
        catch (AlmaPurgeException)
        {
            // What is wrong is told already.
            return null;
        }
    }
}
