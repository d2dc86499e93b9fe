namespace AlmaPurge.Simulator.Generation;

/// <summary>Gives a made-up patron what makes the patron safe or dangerous to purge.</summary>
internal sealed class TraitMaker
{
    private readonly Random _random;
    private readonly DateOnly _today;
    private readonly int _number;
    private readonly int _count;

    public TraitMaker(Random random, DateOnly today, int number, int count)
    {
        _random = random;
        _today = today;
        _number = number;
        _count = count;
    }

    /// <summary>The day that a purge with the usual cutoff of one year takes as its boundary.</summary>
    private DateOnly Cutoff => _today.AddYears(-1);

    public SimulatedUserSpec With(SimulatedUserSpec person, Trait trait)
    {
        return trait switch
        {
            < Trait.NotExpired => Harmless(person, trait),
            Trait.OpenLoans => person with { OpenLoans = _random.Next(1, 4) },
            Trait.OpenRequests => person with { OpenRequests = _random.Next(1, 3) },
            >= Trait.FeeActive and <= Trait.DisputeBesideCredit => person with { Fees = Debts(trait) },
            Trait.Proxy => person with { ProxyFor = [PrimaryIds.Of((_number + 1) % _count)] },
            Trait.ManyReasons => ManyReasons(person),
            >= Trait.Deleted => Gone(person, trait),
            <= Trait.RecentlyActive or >= Trait.ExpiredLately => Dated(person, trait),
            _ => Special(person, trait),
        };
    }

    public static SimulatedFee Fee(string status, decimal balance)
    {
        return new SimulatedFee("OVERDUEFINE", status, balance, 50m);
    }

    private SimulatedUserSpec Harmless(SimulatedUserSpec person, Trait trait)
    {
        return trait switch
        {
            Trait.SafeClosedFee => person with { Fees = [Fee("CLOSED", 0m)] },
            Trait.SafeSettledFee => person with { Fees = [Fee("ACTIVE", 0m)] },
            Trait.SafeLoneCredit => person with { Fees = [Credit(5m)] },
            Trait.SafeOldBlock => person with
            {
                Blocks = [new SimulatedBlock("GENERAL", "02-GLOBAL", "ACTIVE", _today.AddDays(-500))],
            },
            Trait.SafeInactiveBlock => person with
            {
                Blocks = [new SimulatedBlock("GENERAL", "BARRED", "INACTIVE", null)],
            },
            Trait.SafeSourceRecord => person with { LinkingId = "99" + _random.Next(10_000, 99_999) },
            Trait.SafeFormerStaffRole => person with
            {
                Roles = [.. person.Roles, new SimulatedRole("32", "Circulation Desk Operator", "INACTIVE")],
            },
            Trait.SafeNotResearcher => person with { IsResearcher = false },
            Trait.SafeInactive => person with { Status = "INACTIVE" },
            Trait.SafeExpiredTheDayBefore => person with
            {
                ExpiryDate = Cutoff.AddDays(-1), PurgeDate = null, LastPatronActivityDate = Cutoff.AddDays(-1),
            },
            _ => person,
        };
    }

    /// <summary>Whose dates forbid it, two of them by a single day.</summary>
    private SimulatedUserSpec Dated(SimulatedUserSpec person, Trait trait)
    {
        DateOnly? activity = _number % 3 != 0 ? _today.AddDays(-_random.Next(1, 300)) : null;
        return trait switch
        {
            Trait.NotExpired => person with
            {
                ExpiryDate = _today.AddDays(_random.Next(1, 900)), PurgeDate = null, LastPatronActivityDate = activity,
            },
            Trait.NoExpiry => person with { ExpiryDate = null },
            Trait.RecentlyActive => person with { LastPatronActivityDate = _today.AddDays(-_random.Next(1, 60)) },
            Trait.ExpiredLately => person with { ExpiryDate = _today.AddDays(-_random.Next(1, 300)), PurgeDate = null },
            Trait.ExpiredOnTheDay => person with { ExpiryDate = Cutoff },
            Trait.ActiveOnTheDay => person with { LastPatronActivityDate = Cutoff },

            // Enrolled again, with the purge date of the first time: Alma's own purge would take this one.
            Trait.Returned => person with
            {
                ExpiryDate = _today.AddDays(_random.Next(1, 900)), PurgeDate = _today.AddDays(-_random.Next(30, 900)),
            },
            _ => throw Unknown(trait),
        };
    }

    private SimulatedUserSpec Special(SimulatedUserSpec person, Trait trait)
    {
        return trait switch
        {
            Trait.StaffRecord => person with
            {
                RecordType = "STAFF",
                Roles = [.. person.Roles, new SimulatedRole("21", "User Manager", "ACTIVE")],
                HiddenBlocker = "is assigned to an order line",
            },
            Trait.ContactRecord => person with { RecordType = "CONTACT", Roles = [] },
            Trait.Instructor => Also(person, "52", "Instructor"),
            Trait.CirculationOperator => Also(person, "32", "Circulation Desk Operator"),
            Trait.InternalAccount => person with { AccountType = "INTERNAL", ExternalId = null },
            Trait.LinkedCopy => person with { SourceInstitutionCode = "01OTHER_INST", SourceLinkId = LinkId() },
            Trait.LinkedWithoutCode => person with { SourceLinkId = LinkId() },
            Trait.Researcher => person with { IsResearcher = true },
            Trait.Blocked => person with { Blocks = [Barred(_random.Next(2) == 0 ? null : _today.AddDays(200))] },
            _ => throw Unknown(trait),
        };
    }

    private static SimulatedUserSpec ManyReasons(SimulatedUserSpec person)
    {
        return Also(person, "52", "Instructor") with
        {
            OpenLoans = 1, OpenRequests = 1, Fees = [Fee("ACTIVE", 8m), Fee("EXPORTED", 8m)], Blocks = [Barred(null)],
        };
    }

    /// <summary>Analytics still knows them; the API does not, or answers with somebody else.</summary>
    private SimulatedUserSpec Gone(SimulatedUserSpec person, Trait trait)
    {
        string? into = trait == Trait.Merged && _number > 0 ? PrimaryIds.Of(_number - 1) : null;
        return person with { Status = "DELETED", MergedInto = into };
    }

    private static SimulatedFee[] Debts(Trait trait)
    {
        return trait switch
        {
            Trait.FeeActive => [Fee("ACTIVE", 12.50m)],
            Trait.FeeBesideCredit => [Fee("ACTIVE", 10m), Credit(10m)],
            Trait.FeeInDispute => [Fee("INDISPUTE", 5m)],
            Trait.FeeExported => [Fee("EXPORTED", 40m)],
            Trait.FeeExportedZero => [Fee("EXPORTED", 0m)],
            Trait.FeesAddUp => [Fee("ACTIVE", 0.40m), Fee("ACTIVE", 0.40m), Fee("INDISPUTE", 0.40m)],
            Trait.DisputeBesideCredit => [Fee("INDISPUTE", 20m), Credit(20m)],
            _ => [new SimulatedFee("LOSTITEMREPLACEMENTFEE", "ACTIVE", 0.75m, 95m)],
        };
    }

    private string LinkId()
    {
        return "88" + _random.Next(10_000, 99_999);
    }

    private static SimulatedFee Credit(decimal amount)
    {
        return new SimulatedFee("CREDIT", "ACTIVE", -amount, -amount);
    }

    private static SimulatedBlock Barred(DateOnly? until)
    {
        return new SimulatedBlock("GENERAL", "BARRED", "ACTIVE", until);
    }

    private static SimulatedUserSpec Also(SimulatedUserSpec person, string role, string description)
    {
        return person with { Roles = [.. person.Roles, new SimulatedRole(role, description, "ACTIVE")] };
    }

    private static ArgumentOutOfRangeException Unknown(Trait trait)
    {
        return new ArgumentOutOfRangeException(nameof(trait), trait, "No patron is made for this trait.");
    }
}
