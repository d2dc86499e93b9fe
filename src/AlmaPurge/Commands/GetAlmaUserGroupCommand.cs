using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core.Alma;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsCommon.Get, "AlmaUserGroup")]
[OutputType(typeof(AlmaUserGroup))]
public sealed class GetAlmaUserGroupCommand : AlmaConnectedCommand
{
    [Parameter(Position = 0)]
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
            WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            foreach (AlmaCodeTableRow g in groups.Where(g => pattern.IsMatch(g.Code) || pattern.IsMatch(g.Description)))
            {
                WriteObject(new AlmaUserGroup(g.Code, g.Description));
            }
        }
    }
}
