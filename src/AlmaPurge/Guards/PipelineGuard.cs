using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace AlmaPurge.Guards;

/// <summary>
/// Looks at a whole pipeline before any of it runs: each cmdlet of ours comes by in its Begin block. Refuses a
/// preview behind a step that would act, and a step that must ask where nobody is there.
/// </summary>
internal sealed partial class PipelineGuard
{
    private static readonly ConditionalWeakTable<Runspace, PipelineGuard> s_guards = new();

    // Pipelines of this runspace that have cmdlets of ours in them; the last is the innermost.
    private readonly List<Pipeline> _pipelines = [];

    public static Place Enter(PSCmdlet cmdlet)
    {
        PipelineGuard guard = s_guards.GetValue(Runspace.DefaultRunspace, static _ => new PipelineGuard());
        CommandIntent intent = CommandIntent.Of(cmdlet);
        lock (guard._pipelines)
        {
            Pipeline? pipeline = guard.Current(cmdlet.MyInvocation);
            List<Place> before = pipeline?.Places ?? [];
            Place place = new(guard, cmdlet.MyInvocation.MyCommand.Name, intent, before.Exists(static p => p.IsWhatIf));
            RefusePartialPreview(cmdlet, place, before);
            RefuseUnaskable(cmdlet, place);
            pipeline ??= guard.Open(cmdlet.MyInvocation.PipelineLength);
            pipeline.Add(place, cmdlet.MyInvocation.PipelinePosition);
            return place;
        }
    }

    private static void RefusePartialPreview(PSCmdlet cmdlet, Place place, List<Place> before)
    {
        Place? acting = place.IsWhatIf ? before.Find(static p => p.ActsForReal) : null;
        if (acting is null)
        {
            return;
        }

        string message =
            $"{place.Name} is under -WhatIf, but {acting.Name} before it in the same pipeline is not and would act for " +
            "real. Nothing was done.";
        string advice = "Put -WhatIf on the first cmdlet: it then previews the whole pipeline.";
        cmdlet.ThrowTerminatingError(ErrorRecords.Make(
            new InvalidOperationException(message + " " + advice),
            "PartialWhatIf",
            ErrorCategory.InvalidOperation,
            place.Name,
            advice));
    }

    private static void RefuseUnaskable(PSCmdlet cmdlet, Place place)
    {
        if (!place.Intent.NeedsSomebody || place.IsUpstreamWhatIf || PromptAbility.WhyNot(cmdlet.Host) is not { } why)
        {
            return;
        }

        string message = $"{place.Name} asks before it acts, but {why}. Nothing was done.";
        string advice =
            "Run it where somebody can answer, or preview it with -WhatIf on the first cmdlet; once you are sure of " +
            $"the whole pipeline, give {place.Name} -Confirm:$false.";
        cmdlet.ThrowTerminatingError(ErrorRecords.Make(
            new InvalidOperationException(message + " " + advice),
            "CannotPrompt",
            ErrorCategory.InvalidOperation,
            place.Name,
            advice));
    }

    // Begin blocks of one pipeline run one after the other, from its first command to its last, and before any record.
    // So whoever comes later, to the right, in a pipeline as long, before the first record, belongs to it. A pipeline
    // within (in a script block) starts anew.
    private Pipeline? Current(InvocationInfo invocation) =>
        _pipelines.Count > 0 && _pipelines[^1] is { IsOpen: true } last
            && last.Length == invocation.PipelineLength && last.LastPosition < invocation.PipelinePosition
            ? last
            : null;

    private Pipeline Open(int length)
    {
        Pipeline pipeline = new(length);
        _pipelines.Add(pipeline);
        return pipeline;
    }
}
