using System.Collections;
using AlmaPurge.Connections;
using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Simulator;

namespace AlmaPurge.Arguments;

/// <summary>User groups of the connected institution, as they were when the connection was made.</summary>
public sealed class UserGroupCompleter : AlmaCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Text, string Tip)> Values(IDictionary boundParameters) =>
        (ConnectionOf(boundParameters)?.ToSession().UserGroups ?? []).Select(g => (g.Code, g.Description));
}

/// <summary>Role types of the connected institution but Patron, by name.</summary>
public sealed class RoleTypeCompleter : AlmaCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Text, string Tip)> Values(IDictionary boundParameters) =>
        (ConnectionOf(boundParameters)?.ToSession().RoleTypes ?? [])
            .Where(r => r.Code != PatronRole.PatronCode)
            .Select(r => (r.Description, $"code {r.Code}"));
}

/// <summary>User block types of the connected institution, by code.</summary>
public sealed class BlockTypeCompleter : AlmaCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Text, string Tip)> Values(IDictionary boundParameters) =>
        (ConnectionOf(boundParameters)?.ToSession().BlockTypes ?? []).Select(r => (r.Code, r.Description));
}

/// <summary>Rules that may be released.</summary>
public sealed class IgnorableRuleCompleter : AlmaCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Text, string Tip)> Values(IDictionary boundParameters) =>
        Releases.Rules.Select(r => (r.Name, r.Sentence));
}

/// <summary>All rules.</summary>
public sealed class RuleCompleter : AlmaCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Text, string Tip)> Values(IDictionary boundParameters) =>
        RuleBook.All.Select(r => (r.Name, r.Sentence));
}

/// <summary>Runs under the default folder, newest first, and the previews of the session.</summary>
public class RunCompleter : AlmaCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Text, string Tip)> Values(IDictionary boundParameters)
    {
        RunStore store = new(Root(boundParameters));
        return store.ListIds().Select(id => (id, store.Root));
    }

    private protected virtual string? Root(IDictionary boundParameters) => null;
}

/// <summary>Runs under the folder that -Path names, where it is the folder of runs and no file to import.</summary>
public sealed class RunUnderPathCompleter : RunCompleter
{
    private protected override string? Root(IDictionary boundParameters)
    {
        if (boundParameters["Path"] is not string path)
        {
            return null;
        }

        return FullPath(path);
    }
}

/// <summary>Headings of the input: of the file that -InputPath names, else of what this session imported into the run.</summary>
public sealed class InputHeadingCompleter : AlmaCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Text, string Tip)> Values(IDictionary boundParameters) =>
        Paths(boundParameters).SelectMany(path => InputHeadings.Of(path).Select(h => (h, path))).DistinctBy(h => h.h);

    private static IEnumerable<string> Paths(IDictionary boundParameters)
    {
        if (boundParameters["InputPath"] is string path)
        {
            return [FullPath(path)];
        }

        return boundParameters["InputObject"] is AlmaPurgeRun run ? InputHeadings.FilesOf((PurgeRun)run.Run) : [];
    }
}

/// <summary>What the simulator can be told to do wrong.</summary>
public sealed class SimulatorFaultCompleter : AlmaCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Text, string Tip)> Values(IDictionary boundParameters) =>
        AlmaSimulator.FaultDescriptions.Select(f => (f.Name, $"{f.Description} Alone it is {f.Name}{f.DefaultTrigger}."));
}
