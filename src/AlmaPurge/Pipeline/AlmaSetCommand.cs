using System.ComponentModel;
using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Pipeline;

/// <summary>Base of the cmdlets that take the set of a run, or the run itself.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AlmaSetCommand : AlmaConnectedCommand
{
    /// <summary>The set of a run, or the run.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [StepInput(typeof(AlmaUserSet), typeof(AlmaPurgeRun))]
    public object[] InputObject { get; set; } = [];

    /// <summary>Does the step for one run, or for a copy of it under -WhatIf.</summary>
    private protected abstract void OnRun(PurgeRun run);

    /// <inheritdoc/>
    protected sealed override void OnRecord()
    {
        foreach (object piped in InputObject)
        {
            IRunHandle? handle = piped is AlmaUserSet set ? set.Run : ((AlmaPurgeRun)piped).Run;
            OnRun(new RunInputs(IsWhatIf, RequireWanted).Take(handle, piped));
        }
    }

    /// <summary>The text of a job template: as given, or of the file that was named.</summary>
    private protected string? ReadTemplate(string? template)
    {
        if (template is null || template.AsSpan().IndexOfAny('<', '{') >= 0)
        {
            return template;
        }

        return File.ReadAllText(GetUnresolvedProviderPathFromPSPath(template));
    }
}
