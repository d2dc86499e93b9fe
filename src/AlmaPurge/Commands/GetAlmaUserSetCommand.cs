using System.Management.Automation;
using AlmaPurge.Core;
using AlmaPurge.Core.Alma;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsCommon.Get, "AlmaUserSet", DefaultParameterSetName = NameSet)]
[OutputType(typeof(AlmaUserSet))]
public sealed class GetAlmaUserSetCommand : AlmaConnectedCommand
{
    private const string NameSet = "Name";
    private const string IdSet = "SetId";

    [Parameter(Position = 0, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string Name { get; set; } = "*";

    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public string SetId { get; set; } = "";

    protected override void OnEnd()
    {
        AlmaSession session = GetSession();
        if (ParameterSetName == IdSet)
        {
            WriteObject(ToModel(Await((_, stop) => session.Reader.GetSetAsync(SetId, stop))));
            return;
        }

        WildcardPattern pattern = WildcardPattern.Get(Name, WildcardOptions.IgnoreCase);
        bool isExact = !WildcardPattern.ContainsWildcardCharacters(Name);
        int found = 0;
        AwaitEach((_, stop) => session.Reader
            .FindSetsAsync(isExact ? Name : null, stop)
            .Matching(set => pattern.IsMatch(set.Name) && ++found > 0, ToModel));
        if (isExact && found == 0)
        {
            throw new AlmaPurgeException(
                "SetNotFound",
                AlmaPurgeErrorKind.NotFound,
                $"Alma has no user set named '{Name}'.",
                "List them with Get-AlmaUserSet, or use a wildcard.",
                Name);
        }
    }

    private static AlmaUserSet ToModel(AlmaSetRecord set) => new(null, set.Id, set.Name, set.MemberCount ?? 0);
}
