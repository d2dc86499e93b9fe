using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Readiness;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsCommon.Get, "AlmaPurgeReadiness")]
[OutputType(typeof(AlmaReadinessCheck))]
public sealed class GetAlmaPurgeReadinessCommand : AlmaConnectedCommand
{
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserGroupCompleter))]
    public string? UserGroup { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserGroupCompleter))]
    public string? PurgeGroup { get; set; }

    [Parameter]
    public AlmaPurgeRoute Route { get; set; }

    [Parameter]
    [ValidateRange(1, 1_000_000)]
    public int CandidateCount { get; set; }

    protected override void OnEnd()
    {
        Dictionary<string, object> bound = MyInvocation.BoundParameters;
        ReadinessOptions options = new()
        {
            UserGroup = UserGroup,
            PurgeGroup = PurgeGroup,
            Route = bound.ContainsKey(nameof(Route)) ? Route : null,
            CandidateCount = bound.ContainsKey(nameof(CandidateCount)) ? CandidateCount : null,
        };
        AlmaSession session = GetSession();
        AwaitEach((_, stop) => ReadinessBook.RunAsync(session, options, stop));
    }
}
