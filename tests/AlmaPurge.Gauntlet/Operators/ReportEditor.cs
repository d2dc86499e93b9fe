using System.Globalization;
using AlmaPurge.Gauntlet.Plans;
using AlmaPurge.Gauntlet.World;
using AlmaPurge.Simulator;

namespace AlmaPurge.Gauntlet.Operators;

/// <summary>Writes the reports as the library gives them, then does to them what people do to files.</summary>
internal sealed class ReportEditor
{
    private const int Id = 0;
    private const int GroupName = 3;
    private const int GroupCode = 4;
    private const int Expiry = 8;
    private const int Activity = 10;

    private readonly CaseWorld _world;
    private readonly HashSet<string> _touched;
    private List<string[]> _rows = [];
    private string[] _header = [];

    /// <param name="world">The library.</param>
    /// <param name="touched">Takes the ids whose rows no longer say what the library says.</param>
    public ReportEditor(CaseWorld world, HashSet<string> touched)
    {
        _world = world;
        _touched = touched;
    }

    /// <summary>The report of patrons, edited; gives its path and the identifiers in it.</summary>
    public (string Path, IReadOnlyList<string> Ids) WritePatrons()
    {
        string path = _world.File("users.csv");
        _world.Simulator.ExportUsers(path, CaseWorld.Group);
        string[] lines = File.ReadAllLines(path);
        _header = lines[0].Split(',');
        _rows = [.. lines.Skip(1).Select(l => l.Split(','))];
        foreach (FileEdit edit in _world.Plan.Edits)
        {
            Apply(edit);
        }

        int[] columns = _world.Plan.Edits.Contains(FileEdit.StripColumns)
            ? [Id, GroupCode]
            : [.. Enumerable.Range(0, _header.Length)];
        IEnumerable<string> edited = _rows.Prepend(_header).Select(row => string.Join(',', columns.Select(c => row[c])));
        File.WriteAllLines(path, edited, new System.Text.UTF8Encoding(true));
        string[] ids = [.. _rows.Select(r => r[Id].Trim()).Distinct(StringComparer.OrdinalIgnoreCase)];
        return (path, ids);
    }

    /// <summary>The report of fines that the operator takes; null for none.</summary>
    public string? WriteFines()
    {
        string path = _world.File("fines.csv");
        switch (_world.Plan.Fines)
        {
            case FinesChoice.None:
                return null;
            case FinesChoice.OtherGroup:
                _world.Simulator.ExportFines(path, "GRAD");
                break;
            default:
                _world.Simulator.ExportFines(path);
                break;
        }

        string[] lines = File.ReadAllLines(path);
        int kept = _world.Plan.Fines switch
        {
            FinesChoice.HalfOfIt => 1 + (lines.Length / 2),
            FinesChoice.Empty => 1,
            _ => lines.Length,
        };
        File.WriteAllLines(path, lines.Take(kept));
        return path;
    }

    private void Apply(FileEdit edit)
    {
        switch (edit)
        {
            case FileEdit.OmitRows:
                _rows.RemoveAll(_ => _world.Random.Next(12) == 0);
                break;
            case FileEdit.RepeatRows:
                _rows.AddRange(Some(8).Select(r => (string[])r.Clone()).ToArray());
                break;
            case FileEdit.ContradictRows:
                _rows.AddRange(Some(12).Select(r => Changed(r, Expiry, "2009-06-30")).ToArray());
                break;
            case FileEdit.BackdateExpiry:
                _rows.ForEach(r => (r[Expiry], r[Activity]) = ("2009-06-30", ""));
                break;
            case FileEdit.ForeignRows:
                _rows.AddRange(Foreign());
                break;
            case FileEdit.BarcodesForIds:
                Some(15).ForEach(r => Replace(r, _world.Simulator.FindUser(r[Id])?.State.Identifiers[0].Value));
                break;
            case FileEdit.ChangeCase:
                _rows.ForEach(r => r[Id] = OtherCase(r[Id]));
                break;
            case FileEdit.DamageIds:
                Some(20).ForEach(r => Replace(r, Damaged(r[Id])));
                break;
            case FileEdit.UnknownIds:
                _rows.AddRange(Some(20).Select(r => Changed(r, Id, "gone-" + r[Id])).ToArray());
                break;
            default:
                break;
        }
    }

    private List<string[]> Some(int every) => [.. _rows.Where(_ => _world.Random.Next(every) == 0)];

    private string[] Changed(string[] row, int column, string value)
    {
        string[] copy = (string[])row.Clone();
        copy[column] = value;
        _touched.Add(row[Id].Trim());
        _touched.Add(copy[Id].Trim());
        return copy;
    }

    private void Replace(string[] row, string? id)
    {
        if (id is not null)
        {
            _touched.Add(row[Id].Trim());
            _touched.Add(id.Trim());
            row[Id] = id;
        }
    }

    private string[][] Foreign()
    {
        string name = _rows.Count > 0 ? _rows[0][GroupName] : "Undergraduate Students";
        IEnumerable<SimulatedUser> others = _world.Simulator.Users
            .Where(u => u.UserGroup != CaseWorld.Group && _world.Random.Next(6) == 0);
        return [.. others.Select(u =>
        {
            string[] row = [.. Enumerable.Repeat("", _header.Length)];
            (row[Id], row[GroupName], row[GroupCode]) = (u.PrimaryId, name, CaseWorld.Group);
            (row[5], row[6], row[7]) = ("Public", "External", "Active");
            (row[Expiry], row[11], row[12], row[13]) = ("2009-06-30", "N", "No", "No");
            return row;
        })];
    }

    private static string OtherCase(string id) =>
        " " + (id.Any(char.IsLower) ? id.ToUpperInvariant() : id.ToLowerInvariant()) + " ";

    private static string Damaged(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
        ? number % 2 == 0
            ? number.ToString(CultureInfo.InvariantCulture)
            : ((double)number).ToString("0.#####E+00", CultureInfo.InvariantCulture)
        : "#N/A";
}
