using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Steps;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsCommon.Get, "AlmaUserGroup")]
[OutputType(typeof(AlmaUserGroup))]
public sealed class GetAlmaUserGroupCommand : AlmaConnectedCommand
{
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(UserGroupCompleter))]
    public string[] UserGroup { get; set; } = ["*"];

    protected override void OnEnd()
    {
        AlmaSession session = GetSession();
        IReadOnlyList<AlmaCodeTableRow> groups =
            Await((_, stop) => session.Reader.GetCodeTableAsync("UserGroups", stop));
        foreach (string name in UserGroup)
        {
            WildcardPattern pattern = WildcardPattern.Get(name.Trim(), WildcardOptions.IgnoreCase);
            AlmaCodeTableRow[] found =
                [.. groups.Where(g => pattern.IsMatch(g.Code) || pattern.IsMatch(g.Description))];
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                AlmaPurgeException problem = RunBinding.UnknownGroup(name, groups);
                WriteError(ErrorRecords.From(problem, name));
            }

            foreach (AlmaCodeTableRow g in found)
            {
                WriteObject(new AlmaUserGroup(g.Code, g.Description));
            }
        }
    }
}
