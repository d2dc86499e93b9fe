using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Rehearsal;

/// <summary>The make-believe library that a purge is rehearsed in: in this process, or behind a host.</summary>
internal interface IRehearsalLibrary : IDisposable
{
    /// <summary>What it is, in words.</summary>
    string Description { get; }

    /// <summary>Its user groups.</summary>
    IReadOnlyList<LibraryGroup> UserGroups { get; }

    /// <summary>Writes its report of patrons to a file.</summary>
    Task ExportUsersAsync(string path, string userGroup, CancellationToken stop);

    /// <summary>Writes its report of fines and fees to a file.</summary>
    Task ExportFinesAsync(string path, CancellationToken stop);

    /// <summary>Connects as the cmdlets do.</summary>
    Task<AlmaSession> ConnectAsync(CancellationToken stop);

    /// <summary>Staff run the classic page "Purge User Records" for Public records of a group.</summary>
    Task PurgeByStaffAsync(int daysAfterPurgeDate, string userGroup, decimal waiveThreshold, CancellationToken stop);

    /// <summary>Somebody who will be found after the purge; null leaves it to the step.</summary>
    string? CanaryId(PurgeRun run);

    /// <summary>Whom it has removed since the rehearsal began, by its own records.</summary>
    Task<LibraryRecord> ReadRecordAsync(string? userGroup, DateOnly expiredBefore, CancellationToken stop);
}

/// <summary>A user group of the library.</summary>
internal sealed record LibraryGroup(string Code, string Description);

/// <summary>What the library has on record.</summary>
/// <param name="Purged">Primary identifiers of those whom it has removed.</param>
/// <param name="Wrong">Those of them who had to stay, each with the reasons.</param>
internal sealed record LibraryRecord(IReadOnlyList<string> Purged, IReadOnlyList<string> Wrong);
