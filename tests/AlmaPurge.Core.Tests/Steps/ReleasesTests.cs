using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>Only what may be released can be released, and only what the institution has.</summary>
public sealed class ReleasesTests
{
    private static readonly string[] s_releasable =
        ["RecentlyActive", "InternalAccount", "LinkedCopy", "Blocked", "Proxy"];

    public static TheoryData<string> AllRules() => [.. RuleBook.All.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(AllRules))]
    public void Rule_can_be_released_or_is_refused(string rule)
    {
        if (s_releasable.Contains(rule))
        {
            Assert.Equal([rule], Releases.RequireRules([" " + rule.ToUpperInvariant()]));
            return;
        }

        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => Releases.RequireRules(["Proxy", rule]));
        Assert.Equal(("RuleNotIgnorable", (object)rule), (error.Id, error.Target!));
        Assert.Contains(string.Join(", ", s_releasable), error.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void Rule_that_there_is_not_is_refused()
    {
        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => Releases.RequireRules(["Loans"]));

        Assert.Equal("RuleUnknown", error.Id);
        Assert.StartsWith("There is no rule 'Loans'. These can: RecentlyActive, ", error.Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "The rule OpenLoans cannot be released. These can: ",
            Assert.Throws<AlmaPurgeException>(() => Releases.RequireRules(["openloans"])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Release_that_the_institution_does_not_have_is_told_with_all_that_it_has()
    {
        using PurgeWorld world = await PurgeWorld.ConnectAsync(0);

        string Message(string[] roles, string[] blockTypes) => Assert.Throws<AlmaPurgeException>(
            () => Releases.RequireKnown(Criteria(world, roles, blockTypes), world.Session)).Message;

        Assert.StartsWith("The institution has no role 'Tutor'. It has: 200 (Patron), 52 (Instructor), ", Message(["Tutor"], []), StringComparison.Ordinal);

        // A block type goes by its code alone.
        Assert.Equal(
            "The institution has no block type 'Cash desk'. It has: GENERAL (General), CASH (Cash), LOAN (Loan), USER (User).",
            Message([], ["Cash desk"]));
    }

    [Fact]
    public async Task Roles_go_by_name_or_code_and_block_types_by_code_in_any_case()
    {
        using PurgeWorld world = await PurgeWorld.ConnectAsync(0);

        PurgeCriteria known = Releases.RequireKnown(Criteria(world, ["instructor ", "32"], ["general"]), world.Session);

        Assert.Equal(["32", "Instructor"], known.AllowedRoles.Order(StringComparer.Ordinal));
        Assert.Equal(["GENERAL"], known.IgnoredBlockTypes);
    }

    [Theory]
    [InlineData("Instruktor", null, "RoleUnknown", "52 (Instructor)")]
    [InlineData("53", null, "RoleUnknown", "52 (Instructor)")]
    [InlineData(null, "20-GENERAL", "BlockTypeUnknown", "GENERAL (General)")]
    [InlineData(null, "Loan ", null, null)]
    public async Task What_the_institution_does_not_have_is_refused_with_what_it_has(
        string? role, string? blockType, string? errorId, string? listed)
    {
        using PurgeWorld world = await PurgeWorld.ConnectAsync(0);
        PurgeCriteria criteria = Criteria(world, role is null ? [] : [role], blockType is null ? [] : [blockType]);
        Exception? error = Record.Exception(() => Releases.RequireKnown(criteria, world.Session));

        Assert.Equal(errorId, (error as AlmaPurgeException)?.Id);
        Assert.Contains(listed ?? "", error?.Message ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_made_without_a_connection_is_held_to_it_when_it_first_meets_Alma()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(1);
        world.Propose(["p001"], Criteria(world, ["Instruktor"], []));

        await PurgeWorldSteps.StopsAsync("RoleUnknown", () => world.CheckAsync());
    }

    [Fact]
    public async Task Institution_that_does_not_tell_its_roles_refuses_none()
    {
        using PurgeWorld world = await PurgeWorld.ConnectAsync(0);
        using StandIn line = new(world.Simulator.CreateHandler());
        using AlmaSession session = await PurgeWorld.ConnectAsync(world.Simulator, world.Time, handler: line);

        Assert.Empty(session.RoleTypes);
        Assert.NotEmpty(session.BlockTypes);
        Assert.Equal(["Tutor"], Releases.RequireKnown(Criteria(world, ["Tutor"], []), session).AllowedRoles);
    }

    private static PurgeCriteria Criteria(PurgeWorld world, string[] roles, string[] blockTypes) => world.Criteria() with
    {
        AllowedRoles = PurgeCriteria.Names(roles),
        IgnoredBlockTypes = PurgeCriteria.Names(blockTypes),
    };

    // An institution whose role table cannot be read.
    private sealed class StandIn(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath.Contains("roleType", StringComparison.Ordinal))
            {
                request.RequestUri = new Uri(request.RequestUri, "NoSuchTable");
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
