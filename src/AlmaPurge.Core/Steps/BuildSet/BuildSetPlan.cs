using System.Globalization;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>The set that would be built.</summary>
public sealed class BuildSetPlan : StepPlan
{
    internal const int MembersPerCall = 1000;

    internal BuildSetPlan(
        PurgeRun run,
        AlmaSession session,
        string name,
        string description,
        GoingPatrons going,
        int maximumCount)
        : base(run, session)
    {
        Name = name;
        SetDescription = description;
        MemberIds = going.Ids;
        NotPassedOn = going.NotPassedOn;
        MaximumCount = maximumCount;
    }

    /// <inheritdoc/>
    public override bool IsDone => Run.Document.Set is not null;

    /// <summary>A set that an earlier attempt made and did not finish; null where one is to be made.</summary>
    internal HalfBuiltSet? Existing { get; init; }

    /// <summary>A set that staff have built by hand, which is taken up; null where one is to be made.</summary>
    internal HandBuiltSet? HandBuilt { get; init; }

    /// <summary>Unique name of the set.</summary>
    public string Name { get; }

    /// <summary>Description of the set.</summary>
    public string SetDescription { get; }

    /// <summary>Patrons that would be in it.</summary>
    public IReadOnlyList<string> MemberIds { get; }

    /// <summary>Patrons who were imported and did not arrive; they stay.</summary>
    public IReadOnlyList<string> NotPassedOn { get; }

    /// <summary>The ceiling that it was held against.</summary>
    public int MaximumCount { get; }

    private protected override int PatronCount => MemberIds.Count;

    /// <inheritdoc/>
    public override string Target => $"user set '{Name}'";

    /// <inheritdoc/>
    public override string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"{Begin()} the itemized user set '{Name}' of {MemberIds.Count} patrons (ceiling {MaximumCount}). {Circumstances()}");

    /// <inheritdoc/>
    public override IReadOnlyList<string> Requests
    {
        get
        {
            if (HandBuilt is not null)
            {
                return [];
            }

            if (Existing is not null)
            {
                return [$"POST /almaws/v1/conf/sets/{Existing.SetId}?op=add_members (those who are missing)"];
            }

            int calls = (MemberIds.Count + MembersPerCall - 1) / MembersPerCall;
            return
            [
                $"POST /almaws/v1/conf/sets (name '{Name}', type ITEMIZED, content USER)",
                .. Enumerable.Range(0, calls).Select(i => string.Create(
                    CultureInfo.InvariantCulture,
                    $"POST /almaws/v1/conf/sets/{{set id}}?op=add_members ({Math.Min(MembersPerCall, MemberIds.Count - (i * MembersPerCall))} ids)")),
            ];
        }
    }

    private string Begin() => HandBuilt is not null ? "Take up" : Existing is not null ? "Go on with" : "Build";
}
