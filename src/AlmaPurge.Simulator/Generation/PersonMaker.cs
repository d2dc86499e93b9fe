namespace AlmaPurge.Simulator.Generation;

/// <summary>Makes up one patron at a time.</summary>
internal sealed class PersonMaker
{
    private static readonly string[] s_first =
        ["Ann", "Bo", "Chi", "Dana", "Eli", "Fay", "Gus", "Hana", "Ivo", "Jun", "Kim", "Lea"];

    private static readonly string[] s_last =
        ["Smith", "Nguyen", "Müller", "García", "Ito", "Li", "O'Brien", "Žižek", "Okafor", "Silva", "Novák", "Berg"];

    private readonly int _seed;
    private readonly DateOnly _today;
    private string? _idOfDeletedTwin;

    public PersonMaker(int seed, DateOnly today)
    {
        _seed = seed;
        _today = today;
    }

    public SimulatedUserSpec Make(int number, int count, string group, Trait trait, DateTimeOffset created)
    {
        Random random = PersonChance.Of(_seed, number);
        DateOnly expiry = _today.AddDays(-random.Next(400, 3_600));
        bool hasActivity = number % 3 != 0;
        SimulatedUserSpec person = new()
        {
            PrimaryId = PrimaryIds.Of(number),
            FirstName = s_first[random.Next(s_first.Length)],
            LastName = s_last[random.Next(s_last.Length)],
            BirthDate = _today.AddDays(-random.Next(7_000, 16_000)),
            UserGroup = group,
            ExpiryDate = expiry,
            PurgeDate = random.Next(2) == 0 ? expiry.AddDays(365) : null,
            LastPatronActivityDate = hasActivity ? expiry.AddDays(-40) : null,
            CreatedDate = created,
            Identifiers = Identifiers(number, count),
        };
        TraitMaker traits = new(random, _today, number, count);
        person = traits.With(person, trait);
        if (trait == Trait.DeletedTwin)
        {
            _idOfDeletedTwin = person.PrimaryId;
        }

        // Some have a second reason to stay: a tool that stops at the first must still be right.
        bool alsoOwes = trait >= Trait.NotExpired && random.Next(10) == 0;
        return alsoOwes ? person with { Fees = [.. person.Fees, TraitMaker.Fee("ACTIVE", 3.20m)] } : person;
    }

    private SimulatedIdentifier[] Identifiers(int number, int count)
    {
        List<SimulatedIdentifier> identifiers = [new("BARCODE", PrimaryIds.BarcodeOf(number, count))];
        if (number % 6 == 0)
        {
            identifiers.Add(new SimulatedIdentifier("UNIV_ID", "U" + (100_000 + number), "INACTIVE", "Internal"));
        }

        if (_idOfDeletedTwin is not null)
        {
            identifiers.Add(new SimulatedIdentifier("UNIV_ID", _idOfDeletedTwin));
            _idOfDeletedTwin = null;
        }

        return [.. identifiers];
    }
}
