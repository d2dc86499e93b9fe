using AlmaPurge.Gauntlet.Plans;
using AlmaPurge.Gauntlet.World;
using AlmaPurge.Simulator;

namespace AlmaPurge.Gauntlet.Operators;

/// <summary>What happens in the library while the tool is at work: patrons, the student system, other staff.</summary>
internal sealed class Library
{
    private readonly CaseWorld _world;
    private readonly HashSet<string> _touched;
    private readonly Dictionary<string, string> _strangers = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string SetId, string Id)> _strangersInSets = [];

    /// <param name="world">The library.</param>
    /// <param name="touched">Takes the ids of those to whom something happened.</param>
    public Library(CaseWorld world, HashSet<string> touched)
    {
        _world = world;
        _touched = touched;
    }

    private AlmaSimulator Simulator => _world.Simulator;

    private DateOnly Today => _world.Today;

    /// <summary>Lets it happen to some of these patrons, or to others where that is the point.</summary>
    public async Task HappenAsync(Happening happening, IReadOnlyList<string> ids)
    {
        string[] struck = Choose(ids, happening.Share);
        switch (happening.Kind)
        {
            case HappeningKind.StudentLoad:
                _touched.UnionWith(Simulator.StudentLoad(happening.Share > 30 ? null : struck));
                break;
            case HappeningKind.StrangerInPurgeGroup:
                MoveStrangers();
                break;
            case HappeningKind.StrangerInSet:
                await ChangeSetAsync("add_members", [.. Strangers().Take(2)]).ConfigureAwait(false);
                break;
            case HappeningKind.LostFromSet:
                await ChangeSetAsync("delete_members", struck).ConfigureAwait(false);
                break;
            case HappeningKind.ComesBack:
                ComeBack();
                break;
            default:
                foreach (string id in struck)
                {
                    Strike(happening.Kind, id);
                }

                break;
        }
    }

    /// <summary>Lets it happen to one patron.</summary>
    public void Strike(HappeningKind kind, string id)
    {
        if (Simulator.FindUser(id) is not { IsDeleted: false } user)
        {
            return;
        }

        _touched.Add(user.PrimaryId);
        _touched.Add("new-" + user.PrimaryId);
        if (kind == HappeningKind.IdBecomesBarcode)
        {
            GiveBarcode(user);
            return;
        }

        Simulator.UpdateUser(id, s => Changed(kind, s));
        if (kind == HappeningKind.LoanAndReturn)
        {
            _world.Time.Advance(TimeSpan.FromMinutes(20));
            Simulator.UpdateUser(id, s => s with { OpenLoans = s.OpenLoans - 1 });
        }
    }

    /// <summary>Staff put right what other staff did: strangers leave purge group and sets.</summary>
    public async Task TidyAsync()
    {
        foreach ((string id, string group) in _strangers)
        {
            if (Simulator.FindUser(id) is { IsDeleted: false })
            {
                Simulator.UpdateUser(id, s => s with { UserGroup = group });
            }
        }

        _strangers.Clear();
        foreach ((string setId, string id) in _strangersInSets)
        {
            await ChangeAsync(setId, "delete_members", [id]).ConfigureAwait(false);
        }

        _strangersInSets.Clear();
    }

    private string[] Choose(IReadOnlyList<string> ids, int share)
    {
        int count = Math.Min(ids.Count, Math.Max(1, ids.Count * share / 1000));
        return [.. ids.OrderBy(_ => _world.Random.Next()).Take(count)];
    }

    private SimulatedUserSpec Changed(HappeningKind kind, SimulatedUserSpec s) => kind switch
    {
        HappeningKind.Loan or HappeningKind.LoanAndReturn => s with { OpenLoans = s.OpenLoans + 1 },
        HappeningKind.Request => s with { OpenRequests = s.OpenRequests + 1 },
        HappeningKind.Fee => s with { Fees = [.. s.Fees, Fee("ACTIVE", 7.5m)] },
        HappeningKind.DisputedFee => s with { Fees = [.. s.Fees, Fee("INDISPUTE", 7.5m)] },
        HappeningKind.ExportedFee => s with { Fees = [.. s.Fees, Fee("EXPORTED", 0m)] },
        HappeningKind.FeeBesideCredit => s with
        {
            Fees = [.. s.Fees, Fee("ACTIVE", 7.5m), new SimulatedFee("CREDIT", "ACTIVE", -7.5m, -7.5m)],
        },
        HappeningKind.Block => s with { Blocks = [.. s.Blocks, new SimulatedBlock("GENERAL", "BARRED", "ACTIVE", null)] },
        HappeningKind.Role => s with { Roles = [.. s.Roles, new SimulatedRole("52", "Instructor", "ACTIVE")] },
        HappeningKind.Researcher => s with { IsResearcher = true },
        HappeningKind.StaffRecord => s with { RecordType = "STAFF" },
        HappeningKind.OtherGroup => s with { UserGroup = "GRAD", UserGroupSetManually = true },
        HappeningKind.Extended => s with { ExpiryDate = Today.AddYears(1) },
        HappeningKind.Active => s with { LastPatronActivityDate = Today },
        HappeningKind.Linked => s with { SourceInstitutionCode = "01OTHER_INST", SourceLinkId = "880002" },
        HappeningKind.Proxy => s with { ProxyFor = ["somebody"] },
        HappeningKind.Renamed => s with { PrimaryId = "new-" + s.PrimaryId },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Nothing of the kind happens to one patron."),
    };

    private static SimulatedFee Fee(string status, decimal balance) => new("OVERDUEFINE", status, balance, 50m);

    // The patron gets another identifier, and the old one becomes the barcode of somebody who is to stay.
    private void GiveBarcode(SimulatedUser user)
    {
        string old = user.PrimaryId;
        if (Strangers().FirstOrDefault() is not { } other)
        {
            return;
        }

        Simulator.UpdateUser(old, s => s with { PrimaryId = "new-" + old });
        Simulator.UpdateUser(other, s => s with { Identifiers = [.. s.Identifiers, new SimulatedIdentifier("BARCODE", old)] });
    }

    private IEnumerable<string> Strangers() => Simulator.Users
        .Where(u => !u.IsDeleted && u.UserGroup is "FACULTY" or "STAFF" or "ALUMNI" && !_touched.Contains(u.PrimaryId))
        .Select(u => u.PrimaryId);

    private void MoveStrangers()
    {
        foreach (string id in Strangers().Take(2).ToArray())
        {
            _touched.Add(id);
            _strangers[id] = Simulator.FindUser(id)!.UserGroup;
            Simulator.UpdateUser(id, s => s with { UserGroup = CaseWorld.PurgeGroup });
        }
    }

    private void ComeBack()
    {
        PurgeRecord[] gone = [.. Simulator.Purged.Take(2).Where(p => Simulator.FindUser(p.PrimaryId)?.IsDeleted != false)];
        foreach (PurgeRecord record in gone)
        {
            _touched.Add(record.PrimaryId);
            Simulator.AddUser(record.InitialState with
            {
                CreatedDate = _world.Time.GetUtcNow(),
                ExpiryDate = Today.AddYears(1),
                PurgeDate = null,
            });
        }
    }

    private async Task ChangeSetAsync(string operation, IReadOnlyList<string> ids)
    {
        if (Simulator.Sets is not [.., { } set] || ids.Count == 0)
        {
            return;
        }

        _touched.UnionWith(ids);
        if (operation == "add_members")
        {
            _strangersInSets.AddRange(ids.Select(id => (set.Id, id)));
        }

        await ChangeAsync(set.Id, operation, ids).ConfigureAwait(false);
    }

    private async Task ChangeAsync(string setId, string operation, IReadOnlyList<string> ids)
    {
        try
        {
            await new StaffSets(_world).ChangeAsync(setId, operation, ids).ConfigureAwait(false);
        }
        catch (HttpRequestException)
        {
            // The library misbehaves for others too; whether it was done does not matter here.
        }
    }
}
