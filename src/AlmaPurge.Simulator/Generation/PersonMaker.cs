namespace AlmaPurge.Simulator.Generation;

/// <summary>Makes up one patron at a time.</summary>
internal sealed class PersonMaker
{
    private static readonly string[] s_first =
        ["Ann", "Bo", "Chi", "Dana", "Eli", "Fay", "Gus", "Hana", "Ivo", "Jun", "Kim", "Lea"];

    private static readonly string[] s_last =
        ["Smith", "Nguyen", "Müller", "García", "Ito", "Li", "O'Brien", "Žižek", "Okafor", "Silva", "Novák", "Berg"];

    private readonly Random _random;
    private readonly DateOnly _today;

    public PersonMaker(int seed, DateOnly today)
    {
        _random = new Random(seed);
        _today = today;
    }

    public SimulatedUserSpec Make(int number, int count, string group, Trait trait, DateTimeOffset created)
    {
        DateOnly expiry = _today.AddDays(-_random.Next(400, 3_600));
        bool hasActivity = number % 3 != 0;
        SimulatedUserSpec person = new()
        {
            PrimaryId = PrimaryIds.Of(number),
            FirstName = s_first[_random.Next(s_first.Length)],
            LastName = s_last[_random.Next(s_last.Length)],
            BirthDate = _today.AddDays(-_random.Next(7_000, 16_000)),
            UserGroup = group,
            ExpiryDate = expiry,
            PurgeDate = _random.Next(2) == 0 ? expiry.AddDays(365) : null,
            LastPatronActivityDate = hasActivity ? expiry.AddDays(-40) : null,
            CreatedDate = created,
            Identifiers = Identifiers(number, count),
        };
        person = With(person, trait, number, count);

        // Some have a second reason to stay: a tool that stops at the first must still be right.
        bool alsoOwes = trait >= Trait.NotExpired && _random.Next(10) == 0;
        return alsoOwes ? person with { Fees = [.. person.Fees, Fee("ACTIVE", 3.20m)] } : person;
    }

    private static SimulatedIdentifier[] Identifiers(int number, int count)
    {
        SimulatedIdentifier barcode = new("BARCODE", PrimaryIds.BarcodeOf(number, count));
        return number % 6 == 0
            ? [barcode, new SimulatedIdentifier("UNIV_ID", "U" + (100_000 + number), "INACTIVE", "Internal")]
            : [barcode];
    }

    private SimulatedUserSpec With(SimulatedUserSpec person, Trait trait, int number, int count)
    {
        return trait switch
        {
            < Trait.NotExpired => Harmless(person, trait),
            Trait.NotExpired => person with
            {
                ExpiryDate = _today.AddDays(_random.Next(1, 900)),
                PurgeDate = null,
                LastPatronActivityDate = number % 3 != 0 ? _today.AddDays(-_random.Next(1, 300)) : null,
            },
            Trait.NoExpiry => person with { ExpiryDate = null },
            Trait.RecentlyActive => person with { LastPatronActivityDate = _today.AddDays(-_random.Next(1, 60)) },
            Trait.ExpiredLately => person with { ExpiryDate = _today.AddDays(-_random.Next(1, 300)), PurgeDate = null },
            Trait.OpenLoans => person with { OpenLoans = _random.Next(1, 4) },
            Trait.OpenRequests => person with { OpenRequests = _random.Next(1, 3) },
            >= Trait.FeeActive and <= Trait.FeeCents => person with { Fees = Debts(trait) },
            Trait.Proxy => person with { ProxyFor = [PrimaryIds.Of((number + 1) % count)] },
            _ => Special(person, trait),
        };
    }

    private SimulatedUserSpec Harmless(SimulatedUserSpec person, Trait trait)
    {
        return trait switch
        {
            Trait.SafeClosedFee => person with { Fees = [Fee("CLOSED", 0m)] },
            Trait.SafeSettledFee => person with { Fees = [Fee("ACTIVE", 0m)] },
            Trait.SafeLoneCredit => person with { Fees = [new SimulatedFee("CREDIT", "ACTIVE", -5m, -5m)] },
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
            _ => person,
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
            Trait.Instructor => Also(person, "52", "Instructor"),
            Trait.CirculationOperator => Also(person, "32", "Circulation Desk Operator"),
            Trait.InternalAccount => person with { AccountType = "INTERNAL", ExternalId = null },
            Trait.LinkedCopy => person with
            {
                SourceInstitutionCode = "01OTHER_INST",
                SourceLinkId = "88" + _random.Next(10_000, 99_999),
            },
            Trait.Researcher => person with { IsResearcher = true },
            Trait.Blocked => person with
            {
                Blocks = [Barred(_random.Next(2) == 0 ? null : _today.AddDays(200))],
            },
            _ => throw new ArgumentOutOfRangeException(nameof(trait), trait, "No patron is made for this trait."),
        };
    }

    private static SimulatedBlock Barred(DateOnly? until)
    {
        return new SimulatedBlock("GENERAL", "BARRED", "ACTIVE", until);
    }

    private static SimulatedUserSpec Also(SimulatedUserSpec person, string role, string description)
    {
        return person with { Roles = [.. person.Roles, new SimulatedRole(role, description, "ACTIVE")] };
    }

    private static SimulatedFee[] Debts(Trait trait)
    {
        return trait switch
        {
            Trait.FeeActive => [Fee("ACTIVE", 12.50m)],
            Trait.FeeBesideCredit => [Fee("ACTIVE", 10m), new SimulatedFee("CREDIT", "ACTIVE", -10m, -10m)],
            Trait.FeeInDispute => [Fee("INDISPUTE", 5m)],
            Trait.FeeExported => [Fee("EXPORTED", 40m)],
            Trait.FeeExportedZero => [Fee("EXPORTED", 0m)],
            _ => [new SimulatedFee("LOSTITEMREPLACEMENTFEE", "ACTIVE", 0.75m, 95m)],
        };
    }

    private static SimulatedFee Fee(string status, decimal balance)
    {
        return new SimulatedFee("OVERDUEFINE", status, balance, 50m);
    }
}
