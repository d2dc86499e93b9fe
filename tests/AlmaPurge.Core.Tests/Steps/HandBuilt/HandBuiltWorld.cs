using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps.HandBuilt;

/// <summary>A set that is built by hand: what staff do in Alma, with nothing of the step under test.</summary>
internal static class HandBuiltWorld
{
    private static readonly WriteApproval s_yes = WriteApproval.Given("Yes, do it.");

    public static async Task<string> StaffBuildsSetAsync(this PurgeWorld world, string name, params string[] members)
    {
        IAlmaWriter staff = world.Session.GetWriter(WriteApproval.Given("Staff, by hand."));
        AlmaSetRecord set = await staff.CreateUserSetAsync(name, "by hand", default);
        if (members.Length > 0)
        {
            await staff.AddSetMembersAsync(set.Id, members, default);
        }

        return set.Id;
    }

    public static Task StaffAddsAsync(this PurgeWorld world, string setId, params string[] members) =>
        world.Session.GetWriter(WriteApproval.Given("Staff, by hand.")).AddSetMembersAsync(setId, members, default);

    public static async Task<AlmaUserSet> TakeUpAsync(
        this PurgeWorld world, string existing, IReadOnlyCollection<string>? arrived = null)
    {
        BuildSetStep step = world.BuildSetStep();
        BuildSetPlan plan = await step.PlanAsync(arrived, new BuildSetOptions { Existing = existing }, default);
        return await step.ApplyAsync(plan, s_yes, default);
    }

    public static async Task<ExportCandidatesPlan> ExportAsync(
        this PurgeWorld world,
        string path,
        IReadOnlyCollection<string>? arrived = null,
        Func<ExportCandidatesOptions, ExportCandidatesOptions>? with = null)
    {
        ExportCandidatesStep step = new(world.Run, world.Session, world.Reporter);
        ExportCandidatesOptions options = new() { Path = path };
        ExportCandidatesPlan plan = await step.PlanAsync(arrived, with is null ? options : with(options), default);
        step.Apply(plan, default);
        return plan;
    }
}
