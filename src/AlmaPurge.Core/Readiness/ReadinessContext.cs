using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Readiness;

/// <summary>What the checks share, so that nothing is asked twice.</summary>
internal sealed class ReadinessContext
{
    private const string UserGroupsTable = "UserGroups";
    private const string StudentSystemType = "USERS";
    private const int SampleSize = 100;

    private IReadOnlyList<AlmaCodeTableRow>? _groups;
    private IReadOnlyList<AlmaIntegrationProfile>? _profiles;
    private GroupSample? _sample;

    public ReadinessContext(AlmaSession session, ReadinessOptions options)
    {
        Session = session;
        Options = options;
    }

    public AlmaSession Session { get; }

    public ReadinessOptions Options { get; }

    public IAlmaReader Reader => Session.Reader;

    /// <summary>The group of this code or description; null if there is none.</summary>
    public async Task<AlmaCodeTableRow?> FindGroupAsync(string name, CancellationToken cancellationToken)
    {
        _groups ??= await Reader.GetCodeTableAsync(UserGroupsTable, cancellationToken).ConfigureAwait(false);
        return RunBinding.FindGroup(_groups, name);
    }

    /// <summary>The profiles of student-information systems.</summary>
    public async Task<IReadOnlyList<AlmaIntegrationProfile>> StudentSystemsAsync(CancellationToken cancellationToken)
    {
        if (_profiles is null)
        {
            List<AlmaIntegrationProfile> profiles = [];
            await foreach (AlmaIntegrationProfile profile in Reader
                .GetIntegrationProfilesAsync(StudentSystemType, cancellationToken).ConfigureAwait(false))
            {
                profiles.Add(profile);
            }

            _profiles = profiles;
        }

        return _profiles;
    }

    /// <summary>The first users of the patrons' own group; null where no group was told or there is none.</summary>
    public async Task<GroupSample?> SampleAsync(CancellationToken cancellationToken)
    {
        if (_sample is null
            && Options.UserGroup is { } name
            && await FindGroupAsync(name, cancellationToken).ConfigureAwait(false) is { } group)
        {
            List<AlmaUserRecord> users = [];
            bool isWhole = true;
            await foreach (AlmaUserRecord user in Reader.FindUsersInGroupAsync(group.Code, cancellationToken).ConfigureAwait(false))
            {
                if (users.Count == SampleSize)
                {
                    isWhole = false;
                    break;
                }

                users.Add(user);
            }

            _sample = new GroupSample(group.Code, users, isWhole);
        }

        return _sample;
    }
}

/// <summary>The first users of a group.</summary>
/// <param name="GroupCode">The group.</param>
/// <param name="Users">Some of its users.</param>
/// <param name="IsWhole">Whether these are all of them.</param>
internal sealed record GroupSample(string GroupCode, IReadOnlyList<AlmaUserRecord> Users, bool IsWhole);
