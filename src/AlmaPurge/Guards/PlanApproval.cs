using System.Management.Automation;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Guards;

/// <summary>Asks for a step's plan in the plan's own words.</summary>
internal static class PlanApproval
{
    /// <summary>Asks, or describes in a preview.</summary>
    public static WriteApproval? Ask(PSCmdlet cmdlet, StepPlan plan)
    {
        foreach (string request in plan.Requests)
        {
            cmdlet.WriteDebug(request);
        }

        return Approval.Ask(
            cmdlet,
            new ApprovalRequest
            {
                Description = plan.Description,
                Question = plan.Question,
                Caption = plan.Caption,
                TypeToConfirm = plan.EnvironmentType == AlmaEnvironmentType.Production ? plan.ConfirmWord : null,
            },
            plan.Run.IsPreview);
    }
}
