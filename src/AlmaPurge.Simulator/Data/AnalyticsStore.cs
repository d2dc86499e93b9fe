using AlmaPurge.Simulator.Reports;

namespace AlmaPurge.Simulator.Data;

/// <summary>
/// What Analytics knows: the patrons as they were when it was last loaded, at midnight in the institution's own zone
/// (seen: loaded overnight). The caller holds the library's lock.
/// </summary>
internal sealed class AnalyticsStore
{
    private readonly Library _library;
    private ReportedUser[] _loaded = [];

    public AnalyticsStore(Library library)
    {
        _library = library;
    }

    /// <summary>Grows each time they are loaded, so that a computed report can be kept until then.</summary>
    public int Version { get; private set; }

    /// <summary>The day whose beginning the data are of.</summary>
    public DateOnly Day { get; private set; }

    public IReadOnlyList<ReportedUser> Users => _loaded;

    public void Load()
    {
        _loaded = [.. _library.Users.All.Where(u => !u.IsErased).Select(ReportedUser.Of)];
        Day = _library.Today;
        Version++;
    }

    /// <summary>Loads them if a midnight has passed.</summary>
    public void Settle()
    {
        if (_library.Today != Day)
        {
            Load();
        }
    }
}
