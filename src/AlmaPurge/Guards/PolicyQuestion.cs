using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Guards;

/// <summary>Asks a person which Delete User Policy is configured, since no API tells.</summary>
internal static class PolicyQuestion
{
    private static readonly (AlmaDeleteUserPolicy Policy, char Key)[] s_choices =
    [
        (AlmaDeleteUserPolicy.KeepFullyReportable, 'K'),
        (AlmaDeleteUserPolicy.KeepStatistics, 'S'),
        (AlmaDeleteUserPolicy.KeepStatisticsRemoveId, 'R'),
        (AlmaDeleteUserPolicy.FullyRemove, 'F'),
    ];

    /// <summary>
    /// Where nobody can be asked, has a run without it refused before an earlier step has changed anything. For Begin.
    /// </summary>
    public static void RequireAskable(PipelineGuard.Place place)
    {
        if (!place.ActsForReal || place.Intent.NeedsSomebody)
        {
            return;
        }

        place.RunDemand = criteria => _ = criteria.DeleteUserPolicy ?? throw DeleteUserPolicies.Missing(null);
        if (place.Earlier.Any(p => p.StartsOwnRun))
        {
            throw DeleteUserPolicies.Missing(null);
        }
    }

    /// <summary>What the person says; null if they do not know. Pipeline thread only.</summary>
    public static AlmaDeleteUserPolicy? Ask(PSCmdlet cmdlet)
    {
        Collection<ChoiceDescription> choices = [.. s_choices.Select(c => new ChoiceDescription(
            $"&{c.Key}: {DeleteUserPolicies.Label(c.Policy)}", DeleteUserPolicies.Effect(c.Policy)))];
        choices.Add(new ChoiceDescription("&N: I do not know", "Stop here; nothing is purged."));
        int choice = cmdlet.Host.UI.PromptForChoice(
            "Delete User Policy",
            string.Join(Environment.NewLine, s_choices
                .Select(c => $"{DeleteUserPolicies.Label(c.Policy)}: {DeleteUserPolicies.Effect(c.Policy)}.")
                .Prepend($"Which one is set in Alma, under {DeleteUserPolicies.Place}?")
                .Prepend("It decides what a purge leaves behind, and no API can read it.")),
            choices,
            s_choices.Length);
        return choice >= 0 && choice < s_choices.Length ? s_choices[choice].Policy : null;
    }
}
