using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core;
using AlmaPurge.Core.Rules;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsCommon.Get, "AlmaPurgeExclusion")]
[OutputType(typeof(AlmaPurgeExclusion))]
public sealed class GetAlmaPurgeExclusionCommand : AlmaCancellableCommand
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [RunArgument]
    [ArgumentCompleter(typeof(RunCompleter))]
    public object Run { get; set; } = null!;

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string[] Rule { get; set; } = [];

    protected override void OnBegin()
    {
        string? unknown = Array.Find(
            Rule, r => !WildcardPattern.ContainsWildcardCharacters(r) && RuleBook.Find(r) is null);
        if (unknown is not null)
        {
            throw new AlmaPurgeException(
                "RuleUnknown",
                AlmaPurgeErrorKind.InvalidArgument,
                $"There is no rule '{unknown}'.",
                $"The rules are: {string.Join(", ", RuleBook.All.Select(r => r.Name))}.",
                unknown);
        }
    }

    protected override void OnRecord()
    {
        WildcardPattern[] patterns =
            [.. Rule.Select(r => WildcardPattern.Get(r, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant))];
        foreach (AlmaPurgeExclusion exclusion in RunReference.Resolve(this, Run).Patrons.Exclusions())
        {
            if (patterns.Length == 0 || patterns.Any(p => exclusion.Rules.Any(p.IsMatch)))
            {
                WriteObject(exclusion);
            }
        }
    }
}
