using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>Whether an answer of Alma is about the patron who was asked for.</summary>
internal static class PatronIdentity
{
    private const string DeletedStatus = "DELETED";

    /// <summary>Whether the answer is about this primary identifier and not about a barcode of the same text.</summary>
    public static bool IsSame(AlmaUserRecord user, string id) =>
        user.PrimaryId.IsKnown && Same(user.PrimaryId.Value, id);

    /// <summary>
    /// Whether nobody has this primary identifier any more: no such user, only somebody else's barcode, or status
    /// Deleted. An answer without a primary identifier proves nothing.
    /// </summary>
    public static bool IsGone(AlmaUserRecord? user, string id) =>
        user is null
        || (user.PrimaryId.IsKnown && !Same(user.PrimaryId.Value, id))
        || (user.Status is { IsKnown: true } status && Same(status.Value, DeletedStatus));

    /// <summary>Whether it is a later namesake: the same identifier, created on another day than the patron was.</summary>
    public static bool IsNamesake(PurgeRun run, AlmaUserRecord user, string id) =>
        user.CreationDate.IsKnown
        && run.Patrons.TryGetCheck(id, out LiveCheck? check)
        && check.Before.CreationDate is { } created
        && created != user.CreationDate.Value;

    /// <summary>Compares as Alma does: trimmed and in any case.</summary>
    public static bool Same(string a, string b) => a.Trim().Equals(b.Trim(), StringComparison.OrdinalIgnoreCase);
}
