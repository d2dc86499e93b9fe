using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Import;
using AlmaPurge.Core.Steps.Subtract;
using AlmaPurge.Core.Tables;

namespace AlmaPurge.Rehearsal;

/// <summary>
/// The two reports that the purge starts from: one's own, or those of the simulated library. Everything that can be
/// wrong with them is found here, before there is a run folder.
/// </summary>
internal sealed class RehearsalReports
{
    private const string DefaultUserGroup = "UNDRGRD";

    private readonly RehearsalOptions _options;
    private readonly IRehearsalLibrary _library;
    private readonly ConsoleReporter _console;
    private readonly TableOptions _tableOptions;
    private readonly List<string> _notes = [];

    public RehearsalReports(RehearsalOptions options, IRehearsalLibrary library, ConsoleReporter console)
    {
        _options = options;
        _library = library;
        _console = console;
        _tableOptions = new TableOptions { DateFormat = options.DateFormat };
    }

    /// <summary>Patrons as the import has read them.</summary>
    public ImportedPatrons Patrons { get; private set; } = null!;

    /// <summary>Who is in the fines report; null where there is none.</summary>
    public FinesTable? Fines { get; private set; }

    /// <summary>The patrons' own group as given.</summary>
    public string UserGroup { get; private set; } = "";

    /// <summary>What was made from one's own rows, for people.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Exports and reads the reports; brings one's own patrons into the library.</summary>
    public async Task TakeAsync(string folder, CancellationToken stop)
    {
        string users = _options.Users ?? await ExportUsersAsync(folder, stop).ConfigureAwait(false);
        Patrons = new ImportStep(_console).Read([users], _tableOptions, stop);
        UserGroup = _options.UserGroup?.Trim() ?? Patrons.SingleUserGroup();
        if (await FinesPathAsync(folder, stop).ConfigureAwait(false) is { } fines)
        {
            Fines = FinesTable.Load([fines], TableOptions.Default, allowEmpty: _options.Fines is null, _console, stop);
        }

        if (_options.Users is not null && _library is SimulatedLibrary simulated)
        {
            // Before anything is made: a mistyped group must not come to be by being named.
            Patrons.Complete(new PurgeCriteria { UserGroup = UserGroup, ExpiredBefore = _options.ExpiredBefore });
            AddOwn(simulated, stop);
        }
    }

    private async Task<string> ExportUsersAsync(string folder, CancellationToken stop)
    {
        string path = Path.Combine(folder, "users.csv");
        string name = _options.UserGroup ?? DefaultUserGroup;
        await _library.ExportUsersAsync(path, FindGroup(name) ?? throw UnknownGroup(name), stop).ConfigureAwait(false);
        return path;
    }

    private async Task<string?> FinesPathAsync(string folder, CancellationToken stop)
    {
        if (_options.Fines is not null || _options.Users is not null)
        {
            return _options.Fines;
        }

        string path = Path.Combine(folder, "fines.csv");
        await _library.ExportFinesAsync(path, stop).ConfigureAwait(false);
        return path;
    }

    private void AddOwn(SimulatedLibrary library, CancellationToken stop)
    {
        int groups = library.UserGroups.Count;
        PatronRows rows = new(library, OwnGroup(library), _options.ExpiredBefore);
        rows.AddFrom(_options.Users!, _tableOptions, stop);
        int fees = _options.Fines is { } fines
            ? FeeRows.AddFrom(fines, TableOptions.Default, library.Simulator, rows.Created, stop)
            : 0;
        groups = library.UserGroups.Count - groups;
        _notes.Add(FormattableString.Invariant(
            $"made from your rows: {rows.Created.Count} patrons, {fees} fees, {groups} user groups"));
        if (rows.HasMadeUpExpiry)
        {
            _notes.Add("Your file has no expiry dates, so each of them expired a year before the cutoff.");
        }
    }

    // A file without groups: those made from it are in the group that was named, whether or not the library has it.
    private string OwnGroup(SimulatedLibrary library) => FindGroup(UserGroup)
        ?? (Patrons.HasUserGroups ? UserGroup : library.RequireGroup(null, UserGroup));

    private string? FindGroup(string name) =>
        (_library.UserGroups.FirstOrDefault(g => Same(g.Code, name))
            ?? _library.UserGroups.FirstOrDefault(g => Same(g.Description, name)))?.Code;

    private static bool Same(string a, string b) => a.Equals(b.Trim(), StringComparison.OrdinalIgnoreCase);

    private Core.AlmaPurgeException UnknownGroup(string name) => new(
        "UserGroupNotFound",
        Core.AlmaPurgeErrorKind.NotFound,
        $"The simulated library has no user group '{name}'.",
        $"Its groups are: {string.Join(", ", _library.UserGroups.Select(g => $"{g.Code} ({g.Description})"))}.",
        name);
}
