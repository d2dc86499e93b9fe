using AlmaPurge.Simulator.Data;

namespace AlmaPurge.Simulator.Generation;

/// <summary>Fills a library, the same for the same seed and start of the clock. Every person is made up.</summary>
internal sealed class LibraryGenerator
{
    private static readonly string[] s_public = ["PUBLIC"];
    private static readonly string[] s_all = ["PUBLIC", "STAFF", "CONTACT"];

    // Out of 20 patrons: 9 undergraduates, 6 graduates and one or two of each other kind.
    private static readonly string[] s_deal =
    [
        "UNDRGRD", "GRAD", "UNDRGRD", "GRAD", "UNDRGRD", "UNDRGRD", "FACULTY", "GRAD", "UNDRGRD", "ALUMNI",
        "UNDRGRD", "GRAD", "STAFF", "UNDRGRD", "GRAD", "UNDRGRD", "HELDBACK", "UNDRGRD", "GRAD", "FACULTY",
    ];

    private readonly Library _library;
    private readonly PersonMaker _maker;

    public LibraryGenerator(Library library)
    {
        _library = library;
        _maker = new PersonMaker(library.Options.Seed, library.Today);
    }

    public void Fill()
    {
        AddGroups();
        Dictionary<string, int> inGroup = new(StringComparer.Ordinal);
        int count = _library.Options.UserCount;
        for (int number = 0; number < count; number++)
        {
            string group = s_deal[number % s_deal.Length];
            int index = inGroup.GetValueOrDefault(group);
            inGroup[group] = index + 1;
            Trait trait = group is "UNDRGRD" or "GRAD" ? Traits.OfStudent(index) : Traits.OfOther(index);
            DateTimeOffset created = _library.Now.AddDays(-4_000).AddMinutes(number);
            _library.Users.Add(_maker.Make(number, count, group, trait, created), created);
        }
    }

    private void AddGroups()
    {
        _library.AddGroup(new SimulatedUserGroup("UNDRGRD", "Undergraduate Students", s_all));
        _library.AddGroup(new SimulatedUserGroup("GRAD", "Graduate Students", s_all));
        _library.AddGroup(new SimulatedUserGroup("FACULTY", "Faculty", s_all));
        _library.AddGroup(new SimulatedUserGroup("STAFF", "Staff", s_all));
        _library.AddGroup(new SimulatedUserGroup("ALUMNI", "Alumni", s_public));

        // Its description holds the code of a purge group: a search for PURGEUG finds these people too.
        _library.AddGroup(new SimulatedUserGroup("HELDBACK", "Held back from PURGEUG and PURGEGR", s_all));
        _library.AddGroup(new SimulatedUserGroup("PURGEUG", "Purge Undergraduates", s_public));
        _library.AddGroup(new SimulatedUserGroup("PURGEGR", "Purge Graduates", s_public));
    }
}
