using AlmaPurge.Simulator.Endpoints;

namespace AlmaPurge.Simulator;

/// <content>Changing the library from outside the API.</content>
public sealed partial class AlmaSimulator
{
    /// <summary>Adds a user group.</summary>
    public void AddUserGroup(string code, string description, params string[] recordTypes)
    {
        lock (_library.Gate)
        {
            string[] types = recordTypes.Length > 0 ? recordTypes : ["PUBLIC"];
            _library.AddGroup(new SimulatedUserGroup(code, description, types));
        }
    }

    /// <summary>Adds a patron.</summary>
    public SimulatedUser AddUser(SimulatedUserSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        lock (_library.Gate)
        {
            if (_library.Group(spec.UserGroup) is null)
            {
                throw new ArgumentException($"There is no user group '{spec.UserGroup}'.", nameof(spec));
            }

            return _library.Users.Add(spec, _library.Now);
        }
    }

    /// <summary>Adds a patron from a row of a report; labels such as "Public" are taken as well as codes.</summary>
    public SimulatedUser AddFromRow(
        string primaryId,
        string groupCode,
        DateOnly? expiry = null,
        DateOnly? lastActivity = null,
        string? status = null,
        string? recordType = null,
        string? accountType = null,
        DateOnly? purgeDate = null,
        bool hasOtherRole = false,
        bool isLinkedCopy = false,
        bool isBlocked = false)
    {
        string account = Labels.CodeOf(accountType ?? "EXTERNAL");
        return AddUser(new SimulatedUserSpec
        {
            PrimaryId = primaryId,
            UserGroup = groupCode,
            ExpiryDate = expiry,
            LastPatronActivityDate = lastActivity,
            PurgeDate = purgeDate,
            Status = Labels.CodeOf(status ?? "ACTIVE"),
            RecordType = Labels.CodeOf(recordType ?? "PUBLIC"),
            AccountType = account,
            ExternalId = account == "EXTERNAL" ? "SIS" : null,
            Roles = hasOtherRole
                ? [.. SimulatedRole.PatronOnly, new SimulatedRole("52", "Instructor", "ACTIVE")]
                : SimulatedRole.PatronOnly,
            SourceInstitutionCode = isLinkedCopy ? "01OTHER_INST" : null,
            SourceLinkId = isLinkedCopy ? "880001" : null,
            Blocks = isBlocked ? [new SimulatedBlock("GENERAL", "BARRED", "ACTIVE", null)] : [],
        });
    }

    /// <summary>
    /// Adds a fee from a row of a report; labels such as "In dispute" are taken as well as codes. It counts as one the
    /// patron always had; for a fee that comes up later use <see cref="UpdateUser"/>.
    /// </summary>
    public void AddFee(string primaryId, string type, string status, decimal originalAmount, decimal balance)
    {
        SimulatedFee fee = new(Labels.CodeOf(type), Labels.CodeOf(status), balance, originalAmount);
        lock (_library.Gate)
        {
            UpdateUser(primaryId, state => state with { Fees = [.. state.Fees, fee] });
            SimulatedUser user = _library.Users.ByPrimaryId(primaryId)!;
            user.InitialState = user.InitialState with { Fees = [.. user.InitialState.Fees, fee] };
        }
    }

    /// <summary>
    /// Merges one patron into another, as staff may: loans, requests and fees go over, and the first record is gone.
    /// </summary>
    public void MergeUsers(string primaryId, string intoPrimaryId)
    {
        lock (_library.Gate)
        {
            SimulatedUser into = RequireUser(intoPrimaryId);
            SimulatedUser gone = RequireUser(primaryId);
            if (gone == into)
            {
                throw new ArgumentException("A patron cannot be merged with itself.", nameof(intoPrimaryId));
            }

            SimulatedUserSpec state = gone.State;
            _library.Users.Change(
                into,
                into.State with
                {
                    OpenLoans = into.OpenLoans + state.OpenLoans,
                    OpenRequests = into.OpenRequests + state.OpenRequests,
                    Fees = [.. into.Fees, .. state.Fees],
                },
                _library.Now);
            _library.Users.Remove(gone);
            _library.Users.Change(
                gone,
                state with
                {
                    Status = "DELETED", MergedInto = into.PrimaryId, OpenLoans = 0, OpenRequests = 0, Fees = [],
                },
                _library.Now);
        }
    }

    /// <summary>Changes a patron behind the back of the client under test: a new loan, another group.</summary>
    public void UpdateUser(string primaryId, Func<SimulatedUserSpec, SimulatedUserSpec> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_library.Gate)
        {
            SimulatedUser user = RequireUser(primaryId);
            _library.Users.Change(user, change(user.State), _library.Now);
        }
    }

    private SimulatedUser RequireUser(string primaryId)
    {
        _library.Settle();
        return _library.Users.ByPrimaryId(primaryId)
            ?? throw new ArgumentException($"There is no patron '{primaryId}'.", nameof(primaryId));
    }
}
