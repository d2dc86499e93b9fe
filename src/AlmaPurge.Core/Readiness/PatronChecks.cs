using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Rules;

namespace AlmaPurge.Core.Readiness;

/// <summary>Whether users of the group are managed in a network or linked to other institutions.</summary>
internal sealed class NetworkUsersCheck : ReadinessCheck
{
    public override string Name => "NetworkUsers";

    protected override string AskRemedy =>
        "Ask whether your institution's users are managed in a network zone. There a look at a user may refresh the local copy, and a purged home record breaks copies elsewhere.";

    protected override async Task<AlmaReadinessCheck> CheckAsync(ReadinessContext context, CancellationToken cancellationToken)
    {
        if (await context.SampleAsync(cancellationToken).ConfigureAwait(false) is not { } sample)
        {
            return Ask("No user group was named whose users could be looked at.");
        }

        int copies = sample.Users.Count(u => u.SourceInstitutionCode.IsKnown || u.SourceLinkId.IsKnown);
        int sources = sample.Users.Count(u => u.LinkingId.IsKnown);
        if (copies + sources > 0)
        {
            return Warn(
                FormattableString.Invariant($"Of {sample.Users.Count} users of {sample.GroupCode}, {copies} are copies from other institutions and {sources} may have copies elsewhere."),
                "Copies are kept by the rule LinkedCopy. Ask the network before records are purged that others have copies of.");
        }

        string detail = FormattableString.Invariant($"None of {sample.Users.Count} users of {sample.GroupCode} is linked to another institution.");
        return sample.IsWhole ? Pass(detail) : Ask(detail + " There are more of them.");
    }
}

/// <summary>Whether a user known to exist is found, on which the verification after the purge depends.</summary>
internal sealed class CanaryCheck : ReadinessCheck
{
    public override string Name => "Canary";

    protected override string AskRemedy =>
        "Have the primary identifier of a user at hand who is to stay, for -CanaryId of Confirm-AlmaPurge.";

    protected override async Task<AlmaReadinessCheck> CheckAsync(ReadinessContext context, CancellationToken cancellationToken)
    {
        GroupSample? sample = await context.SampleAsync(cancellationToken).ConfigureAwait(false);
        Fact<string> id = sample?.Users.FirstOrDefault(u => u.PrimaryId.IsKnown)?.PrimaryId ?? default;
        if (!id.IsKnown)
        {
            return Ask("No user group was named, or nobody is in it, so there is nobody to look for.");
        }

        AlmaUserRecord? user = await context.Reader.GetUserAsync(id.Value, expand: true, cancellationToken).ConfigureAwait(false);
        bool isFound = user is { PrimaryId.IsKnown: true }
            && user.PrimaryId.Value.Trim().Equals(id.Value.Trim(), StringComparison.OrdinalIgnoreCase);
        return isFound
            ? Pass($"'{id.Value}' of {sample!.GroupCode} is found by its identifier.")
            : Fail(
                $"'{id.Value}' is in {sample!.GroupCode} by Alma's search, but is not found by its identifier, so 'not found' proves nothing.",
                "Do not purge. Ask Ex Libris what is wrong with the user, or with the key.");
    }
}

/// <summary>The Delete User Policy, which no API can read.</summary>
internal sealed class DeleteUserPolicyCheck : ReadinessCheck
{
    public override string Name => "DeleteUserPolicy";

    protected override string AskRemedy =>
        "Look under Configuration > User Management > General > Delete User Policy, and give it as -DeleteUserPolicy.";

    protected override Task<AlmaReadinessCheck> CheckAsync(ReadinessContext context, CancellationToken cancellationToken) =>
        Task.FromResult(Ask("Alma's API does not tell what a purge leaves behind."));
}
