using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>Ties a run to the institution and environment that it first meets, and holds it to them.</summary>
public static class RunBinding
{
    private const string UserGroupsTable = "UserGroups";

    /// <summary>Binds the run, or makes sure that the connection reaches the one it is bound to.</summary>
    /// <exception cref="AlmaPurgeException">Another institution or environment, or an unknown user group; or nobody can
    /// tell the patrons of the run any more.</exception>
    public static async Task BindAsync(PurgeRun run, AlmaSession session, CancellationToken cancellationToken)
    {
        run.RequireIds();
        if (run.Document.Institution is not null)
        {
            RequireSame(run, session);
            return;
        }

        AlmaConnection connection = session.Connection;
        PurgeCriteria criteria =
            await ResolveAsync(run.Criteria, session, cancellationToken).ConfigureAwait(false);
        run.Update(d => d with
        {
            Institution = connection.Institution,
            EnvironmentType = connection.EnvironmentType,
            Criteria = criteria,
        });
    }

    /// <summary>Makes sure that the connection reaches the institution that the run is bound to, if it is bound already.</summary>
    /// <exception cref="AlmaPurgeException">Another institution or environment.</exception>
    public static void RequireSame(PurgeRun run, AlmaSession session)
    {
        if (run.Document.Institution is { } institution)
        {
            RequireSame(run, institution, session.Connection);
        }
    }

    /// <summary>
    /// The writer of a step that changes Alma, once Alma has said anew where the key leads: a connection may be days old,
    /// and a patron marked in the wrong environment is in the way of its next purge.
    /// </summary>
    /// <exception cref="AlmaPurgeException">The key reaches another institution or environment; nothing was changed.</exception>
    public static async Task<IAlmaWriter> GetWriterAsync(
        PurgeRun run, AlmaSession session, WriteApproval approval, CancellationToken cancellationToken)
    {
        await RequireStillThereAsync(run, session, cancellationToken).ConfigureAwait(false);
        return session.GetWriter(approval);
    }

    /// <summary>Makes sure, by asking Alma anew, that the connection still reaches what it reached when it was made.</summary>
    /// <exception cref="AlmaPurgeException">It reaches another institution or environment now.</exception>
    public static async Task RequireStillThereAsync(PurgeRun run, AlmaSession session, CancellationToken cancellationToken)
    {
        if (await session.FindOtherPlaceAsync(cancellationToken).ConfigureAwait(false) is { } other)
        {
            throw new AlmaPurgeException(
                "OtherEnvironment",
                AlmaPurgeErrorKind.SafetyStop,
                $"The run {run.RunId} belongs to {run.Document.Institution} ({run.Document.EnvironmentType}), but the key reaches {other} now.",
                "Nothing was started. Find out what happened to the key, then connect anew.",
                run.RunId);
        }
    }

    /// <summary>Binds a new run whose user group was looked up through this session just now.</summary>
    public static void BindNew(PurgeRun run, AlmaSession session)
    {
        AlmaConnection connection = session.Connection;
        run.Update(d => d with
        {
            Institution = connection.Institution,
            EnvironmentType = connection.EnvironmentType,
        });
    }

    /// <summary>
    /// Completes the user group of the criteria, code and description, from Alma's code table, and makes sure that
    /// the institution has what is released.
    /// </summary>
    /// <exception cref="AlmaPurgeException">The institution has no such user group, role or block type.</exception>
    public static async Task<PurgeCriteria> ResolveAsync(
        PurgeCriteria criteria,
        AlmaSession session,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<AlmaCodeTableRow> groups =
            await session.Reader.GetCodeTableAsync(UserGroupsTable, cancellationToken).ConfigureAwait(false);
        AlmaCodeTableRow row = FindGroup(groups, criteria.UserGroup) ?? throw UnknownGroup(criteria.UserGroup, groups);
        return Releases.RequireKnown(criteria, session) with
        {
            UserGroupCode = row.Code,
            UserGroupDescription = row.Description,
        };
    }

    internal static AlmaCodeTableRow? FindGroup(IReadOnlyList<AlmaCodeTableRow> groups, string codeOrDescription)
    {
        string name = codeOrDescription.Trim();
        return groups.FirstOrDefault(g => Same(g.Code, name)) ?? groups.FirstOrDefault(g => Same(g.Description, name));
    }

    /// <summary>The error for a user group that the institution does not have.</summary>
    public static AlmaPurgeException UnknownGroup(string name, IReadOnlyList<AlmaCodeTableRow> groups) => new(
        "UserGroupNotFound",
        AlmaPurgeErrorKind.NotFound,
        $"The institution has no user group '{name}'.",
        $"Its groups are: {string.Join(", ", groups.Select(g => $"{g.Code} ({g.Description})"))}.",
        name);

    private static void RequireSame(PurgeRun run, string institution, AlmaConnection connection)
    {
        if (institution.Equals(connection.Institution, StringComparison.OrdinalIgnoreCase)
            && run.Document.EnvironmentType == connection.EnvironmentType)
        {
            return;
        }

        throw new AlmaPurgeException(
            "OtherEnvironment",
            AlmaPurgeErrorKind.SafetyStop,
            $"The run {run.RunId} belongs to {institution} ({run.Document.EnvironmentType}), but the connection reaches "
                + $"{connection.Institution} ({connection.EnvironmentType}).",
            "Connect with the key that the run was started with.",
            run.RunId);
    }

    private static bool Same(string a, string b) => a.Trim().Equals(b, StringComparison.OrdinalIgnoreCase);
}
