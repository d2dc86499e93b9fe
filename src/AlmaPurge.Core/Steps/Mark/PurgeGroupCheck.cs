using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>Makes sure that a group can serve as purge group: it exists, fits, is not the patrons' own and holds nobody.</summary>
internal sealed class PurgeGroupCheck
{
    private const string UserGroupsTable = "UserGroups";

    private readonly PurgeRun _run;
    private readonly IAlmaReader _reader;
    private readonly IStepReporter _reporter;

    public PurgeGroupCheck(PurgeRun run, IAlmaReader reader, IStepReporter reporter)
    {
        _run = run;
        _reader = reader;
        _reporter = reporter;
    }

    /// <summary>The group's code as Alma writes it.</summary>
    /// <exception cref="AlmaPurgeException">The group cannot serve.</exception>
    public async Task<string> RequireUsableAsync(string group, CancellationToken cancellationToken)
    {
        IReadOnlyList<AlmaCodeTableRow> groups =
            await _reader.GetCodeTableAsync(UserGroupsTable, cancellationToken).ConfigureAwait(false);
        AlmaCodeTableRow row = RunBinding.FindGroup(groups, group) ?? throw RunBinding.UnknownGroup(group, groups);
        if (_run.Criteria.IsOwnGroup(row.Code))
        {
            throw Stop(
                "PurgeGroupIsOwnGroup",
                AlmaPurgeErrorKind.InvalidArgument,
                $"'{row.Code}' is the user group of the patrons themselves, so everybody in it would be taken.",
                "Give a group that exists only to hold patrons about to be purged, or -KeepUserGroup.",
                row.Code);
        }

        if (!IsLegalCode(row.Code))
        {
            throw Stop(
                "PurgeGroupCodeIllegal",
                AlmaPurgeErrorKind.InvalidArgument,
                $"The code '{row.Code}' has other characters than letters and digits, which Alma's purge job does not take.",
                "Make a purge group whose code is letters and digits only.",
                row.Code);
        }

        await RequireRecordTypeAsync(row.Code, cancellationToken).ConfigureAwait(false);
        return row.Code;
    }

    /// <summary>Makes sure, by two complete readings, that nobody is in the group.</summary>
    public async Task RequireEmptyAsync(string group, CancellationToken cancellationToken)
    {
        Dictionary<string, AlmaUserRecord> found =
            await PurgeGroupReading.ReadAsync(_reader, group, cancellationToken).ConfigureAwait(false);
        RequireOnly(group, found.Keys, _ => false);
    }

    /// <summary>Stops if anybody is in the group who does not belong there.</summary>
    public static void RequireOnly(string group, IEnumerable<string> found, Func<string, bool> belongs)
    {
        List<string> others = [.. found.Where(id => !belongs(id))];
        if (others.Count > 0)
        {
            throw Stop(
                "PurgeGroupHoldsOthers",
                AlmaPurgeErrorKind.SafetyStop,
                FormattableString.Invariant($"The purge group {group} holds {others.Count} user(s) who are not to be purged by this run, such as '{others[0]}'."),
                "Move them out of the group, or use another purge group.",
                others[0]);
        }
    }

    // Where the table says nothing about the group, Alma itself refuses an illegal combination.
    private async Task RequireRecordTypeAsync(string code, CancellationToken cancellationToken)
    {
        bool? isAllowed =
            await RecordTypeTable.AllowsPublicAsync(_reader, code, cancellationToken).ConfigureAwait(false);
        if (isAllowed is null)
        {
            _reporter.Verbose($"The mapping table {RecordTypeTable.Name} says nothing about {code} to this key, so whether it is legal for Public records is left to Alma.");
        }
        else if (!isAllowed.Value)
        {
            throw Stop(
                "PurgeGroupNotForRecordType",
                AlmaPurgeErrorKind.InvalidArgument,
                $"The group {code} is not set up for the user record type Public.",
                "Allow it under Configuration > User Management > User Record Type/User Groups.",
                code);
        }
    }

    /// <summary>Whether Alma's purge takes a group of this code: letters and digits only (documented).</summary>
    public static bool IsLegalCode(string code) => code.All(char.IsAsciiLetterOrDigit);

    private static AlmaPurgeException Stop(
        string id,
        AlmaPurgeErrorKind kind,
        string message,
        string nextStep,
        string target) => new(id, kind, message, nextStep, target);
}
