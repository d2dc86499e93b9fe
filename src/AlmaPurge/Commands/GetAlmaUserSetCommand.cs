using System.Management.Automation;
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

        bool isExact = !WildcardPattern.ContainsWildcardCharacters(Name);
        WildcardPattern pattern = WildcardPattern.Get(Name, WildcardOptions.IgnoreCase);
        AwaitEach((_, stop) => session.Reader
            .FindSetsAsync(isExact ? Name : null, stop)
            .Matching(set => pattern.IsMatch(set.Name), ToModel));
    }

    private static AlmaUserSet ToModel(AlmaSetRecord set) => new(null, set.Id, set.Name, set.MemberCount ?? 0);
}
