using System.Management.Automation;
using AlmaPurge.Core.Alma;

namespace AlmaPurge.Guards;

/// <summary>
/// The one place that asks whether a plan may be carried out. Nothing else calls ShouldProcess, so that no step can
/// act on an answer that was never given.
/// </summary>
internal static class Approval
{
    /// <summary>Asks, or under -WhatIf only describes. Pipeline thread only.</summary>
    /// <param name="cmdlet">The cmdlet that has the plan.</param>
    /// <param name="request">The plan's words.</param>
    /// <param name="isPreview">What arrived is a preview: described, never asked, never approved.</param>
    /// <returns>The proof without which there is no writer, or null where it may not be carried out.</returns>
    public static WriteApproval? Ask(PSCmdlet cmdlet, ApprovalRequest request, bool isPreview)
    {
        CommandIntent intent = CommandIntent.Of(cmdlet);
        if (isPreview && !intent.IsWhatIf)
        {
            // ShouldProcess would ask here, since the cmdlet itself was not told that this is a preview.
            Describe(cmdlet, request.Description);
            return null;
        }

        bool isApproved = cmdlet.ShouldProcess(request.Description, request.Question, request.Caption)
            && !isPreview
            && (request.TypeToConfirm is null || !intent.WillPrompt || IsTyped(cmdlet, request.TypeToConfirm));
        return isApproved ? WriteApproval.Given(request.Question) : null;
    }

    /// <summary>
    /// Asks for a step that changes nothing in Alma and only writes its own run. Pipeline thread only.
    /// </summary>
    public static bool AskLocal(PSCmdlet cmdlet, string description, string caption) =>
        cmdlet.ShouldProcess(description, description + " Go on?", caption);

    /// <summary>Says in a preview what would be done, as ShouldProcess would.</summary>
    public static void Describe(PSCmdlet cmdlet, string description) =>
        cmdlet.Host?.UI?.WriteLine("What if: " + description);

    private static bool IsTyped(PSCmdlet cmdlet, string expected)
    {
        cmdlet.Host.UI.Write($"This is a production environment. Type {expected} to go on: ");
        string? typed = cmdlet.Host.UI.ReadLine();
        if (string.Equals(typed?.Trim(), expected, StringComparison.Ordinal))
        {
            return true;
        }

        cmdlet.WriteWarning($"That was not '{expected}': nothing was done.");
        return false;
    }
}
