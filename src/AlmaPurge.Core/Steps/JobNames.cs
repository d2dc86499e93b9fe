using System.Globalization;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>Names for runs of jobs that no other run has, so that a run can be found again after a lost answer.</summary>
internal static class JobNames
{
    /// <summary>A name never used before.</summary>
    public static string Unique(PurgeRun run, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"AlmaPurge {run.RunId} {what} {Guid.NewGuid().ToString("N")[..8]}");
}
