using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Readiness;

/// <summary>Whether the patrons' own group exists.</summary>
internal sealed class UserGroupCheck : ReadinessCheck
{
    public override string Name => "UserGroup";

    protected override string AskRemedy => "Name the patrons' own group with -UserGroup; Get-AlmaUserGroup lists them.";

    protected override async Task<AlmaReadinessCheck> CheckAsync(ReadinessContext context, CancellationToken cancellationToken)
    {
        if (context.Options.UserGroup is not { } name)
        {
            return Ask("No user group was named.");
        }

        AlmaCodeTableRow? group = await context.FindGroupAsync(name, cancellationToken).ConfigureAwait(false);
        return group is null
            ? Fail($"The institution has no user group '{name}'.", "Get-AlmaUserGroup lists its groups.")
            : Pass($"{group.Code} ({group.Description}).");
    }
}

/// <summary>A check of the purge group, which must be named and exist.</summary>
internal abstract class PurgeGroupReadinessCheck : ReadinessCheck
{
    protected const string Advice =
        "Have a user group of letters and digits made that holds patrons about to be purged and nobody else.";

    protected override string AskRemedy => "Name the purge group with -PurgeGroup; Get-AlmaUserGroup lists the groups.";

    protected override async Task<AlmaReadinessCheck> CheckAsync(ReadinessContext context, CancellationToken cancellationToken)
    {
        if (context.Options.PurgeGroup is not { } name)
        {
            return Ask("No purge group was named.");
        }

        AlmaCodeTableRow? group = await context.FindGroupAsync(name, cancellationToken).ConfigureAwait(false);
        return group is null
            ? Missing(name)
            : await CheckGroupAsync(context, group, cancellationToken).ConfigureAwait(false);
    }

    protected virtual AlmaReadinessCheck Missing(string name) => Ask($"There is no user group '{name}' to look at.");

    protected abstract Task<AlmaReadinessCheck> CheckGroupAsync(
        ReadinessContext context, AlmaCodeTableRow group, CancellationToken cancellationToken);
}

/// <summary>Whether the purge group exists and is not the patrons' own.</summary>
internal sealed class PurgeGroupExistsCheck : PurgeGroupReadinessCheck
{
    public override string Name => "PurgeGroupExists";

    protected override AlmaReadinessCheck Missing(string name) => Fail($"The institution has no user group '{name}'.", Advice);

    protected override async Task<AlmaReadinessCheck> CheckGroupAsync(
        ReadinessContext context, AlmaCodeTableRow group, CancellationToken cancellationToken)
    {
        AlmaCodeTableRow? own = context.Options.UserGroup is { } name
            ? await context.FindGroupAsync(name, cancellationToken).ConfigureAwait(false)
            : null;
        if (own is not null && own.Code.Equals(group.Code, StringComparison.OrdinalIgnoreCase))
        {
            return Fail($"{group.Code} is the user group of the patrons themselves, so everybody in it would be taken.", Advice);
        }

        return group.IsEnabled
            ? Pass($"{group.Code} ({group.Description}).")
            : Fail($"{group.Code} is not enabled in the code table UserGroups.", "Enable it, or use another purge group.");
    }
}

/// <summary>Whether the code of the purge group is one that Alma's purge takes.</summary>
internal sealed class PurgeGroupCodeCheck : PurgeGroupReadinessCheck
{
    public override string Name => "PurgeGroupCode";

    protected override Task<AlmaReadinessCheck> CheckGroupAsync(
        ReadinessContext context, AlmaCodeTableRow group, CancellationToken cancellationToken) =>
        Task.FromResult(PurgeGroupCheck.IsLegalCode(group.Code)
            ? Pass($"The code {group.Code} is letters and digits only.")
            : Fail($"The code '{group.Code}' has other characters than letters and digits, which Alma's purge job does not take.", Advice));
}

/// <summary>Whether the purge group may be given to Public records.</summary>
internal sealed class PurgeGroupRecordTypeCheck : PurgeGroupReadinessCheck
{
    private const string Place = "Configuration > User Management > User Record Type/User Groups";

    public override string Name => "PurgeGroupRecordType";

    protected override string AskRemedy => $"Look under {Place} whether the purge group is allowed for the record type Public.";

    protected override async Task<AlmaReadinessCheck> CheckGroupAsync(
        ReadinessContext context, AlmaCodeTableRow group, CancellationToken cancellationToken) =>
        await RecordTypeTable.AllowsPublicAsync(context.Reader, group.Code, cancellationToken).ConfigureAwait(false) switch
        {
            true => Pass($"{group.Code} is allowed for the record type Public."),
            false => Fail($"{group.Code} is not set up for the record type Public.", $"Allow it under {Place}."),
            null => Ask($"Alma's mapping table {RecordTypeTable.Name} says nothing about {group.Code} to this key."),
        };
}

/// <summary>Whether nobody is in the purge group, by two complete readings that agree.</summary>
internal sealed class PurgeGroupEmptyCheck : PurgeGroupReadinessCheck
{
    public override string Name => "PurgeGroupEmpty";

    protected override async Task<AlmaReadinessCheck> CheckGroupAsync(
        ReadinessContext context, AlmaCodeTableRow group, CancellationToken cancellationToken)
    {
        Dictionary<string, AlmaUserRecord> found =
            await PurgeGroupReading.ReadAsync(context.Reader, group.Code, cancellationToken).ConfigureAwait(false);
        return found.Count == 0
            ? Pass($"Two readings found nobody in {group.Code}.")
            : Fail(
                FormattableString.Invariant($"{group.Code} holds {found.Count} user(s), such as '{found.Keys.First()}', whom a purge of the group would take."),
                "If they are of a run that was not finished, go on with it or take it back with Undo-AlmaPurgeDate. Else move them out of the group.");
    }
}
