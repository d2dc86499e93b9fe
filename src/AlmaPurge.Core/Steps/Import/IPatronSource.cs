using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>Where rows come from, for whoever judges or names them.</summary>
internal interface IPatronSource
{
    /// <summary>Name for messages and run.json; never a full path.</summary>
    string Name { get; }

    /// <summary>Rows with content.</summary>
    int RowCount { get; }

    /// <summary>Whether it tells the user group.</summary>
    bool HasUserGroup { get; }

    /// <summary>
    /// Whether something else may stand in the column of the identifier where a row is shifted: there is a column left of it
    /// that is not read, such as a name.
    /// </summary>
    bool MayShiftIds { get; }

    /// <summary>Heading of a column as the source has it.</summary>
    string HeadingOf(KnownColumn column);

    /// <summary>Starts working out the SHA-256 of what was read; null if there is none.</summary>
    Task<string?> HashAsync(CancellationToken cancellationToken);

    /// <summary>Turns what was found in a row into what it means. Only once all rows are read.</summary>
    void SettleRow(ref PatronRow row);

    /// <summary>What stands where a date should be.</summary>
    string? UnreadableText(KnownColumn column, long row);
}
