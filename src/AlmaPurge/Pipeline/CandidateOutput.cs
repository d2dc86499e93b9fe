using System.Collections;
using System.Management.Automation;
using System.Reflection;

namespace AlmaPurge.Pipeline;

/// <summary>
/// Writes candidates. PowerShell binds each record of a pipeline anew, at a microsecond or so; a million times over,
/// that is more than all the rest of an import. So where the very next command is one of ours, candidates go to it in
/// blocks. Everybody else gets them one by one, and nobody can see the difference.
/// </summary>
internal sealed class CandidateOutput(PSCmdlet cmdlet)
{
    private const BindingFlags Inside = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly bool _inBlocks = IsTakenInBlocks(cmdlet.CommandRuntime);

    /// <summary>Writes the candidates of a block.</summary>
    public void Write(AlmaPurgeCandidate[] block)
    {
        if (_inBlocks)
        {
            cmdlet.WriteObject(block, enumerateCollection: false);
            return;
        }

        foreach (AlmaPurgeCandidate candidate in block)
        {
            cmdlet.WriteObject(candidate);
        }
    }

    // PowerShell tells nobody what comes next, so this looks into its pipe. Guessing from positions would not do: a
    // Where-Object that got a block would let all of it through. Whatever is not found as expected means one by one.
    private static bool IsTakenInBlocks(ICommandRuntime runtime)
    {
        object? pipe = PropertyOf(runtime, "OutputPipe");
        return PropertyOf(PropertyOf(pipe, "DownstreamCmdlet"), "Command") is ITakesBlocks
            && IsUnset(pipe!, "_outVariableList")
            && IsUnset(pipe!, "_pipelineVariableObject");
    }

    private static object? PropertyOf(object? target, string name) => target?.GetType().GetProperty(name, Inside)?.GetValue(target);

    // What -OutVariable and -PipelineVariable collect is for the user to see.
    private static bool IsUnset(object pipe, string name) =>
        pipe.GetType().GetField(name, Inside) is { } field && field.GetValue(pipe) is null or ICollection { Count: 0 };
}
