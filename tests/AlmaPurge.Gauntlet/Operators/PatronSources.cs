using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Import;
using AlmaPurge.Core.Tables;
using AlmaPurge.Gauntlet.Plans;
using AlmaPurge.Gauntlet.World;
using AlmaPurge.Simulator;

namespace AlmaPurge.Gauntlet.Operators;

/// <summary>Where the patrons of a run come from, and who is in it by the library's own records.</summary>
internal sealed class PatronSources(CaseWorld world, CaseRecord record)
{
    private const string SetName = "Expired, collected by staff";
    private const string LogicalName = "Undergraduates";

    private string? _file;
    private IReadOnlyList<string>? _ids;
    private bool _hasSet;

    private ImportStep Step => new(world.Reporter);

    /// <summary>Reads the source of the plan, and notes who is in it.</summary>
    public async Task<ImportedPatrons> ReadAsync()
    {
        switch (world.Plan.Source)
        {
            case PatronSource.Report:
                record.Imported = [.. world.Simulator.Users.Select(u => u.PrimaryId)];
                return Step.Read(
                    await ReportSource.OfPatrons(world.Session.Reader, world.Reporter)
                        .ReadAsync([world.Simulator.ReportFolder + "/users"], null, TableOptions.Default, default).ConfigureAwait(false),
                    default);
            case PatronSource.Set:
                return Step.Read([await ReadSetAsync(SetName, Chosen()).ConfigureAwait(false)], default);
            case PatronSource.LogicalSet:
                return Step.Read([await ReadSetAsync(LogicalName, Members()).ConfigureAwait(false)], default);
            case PatronSource.PrimaryIds:
                record.Imported = Chosen();
                return ImportStep.Read(record.Imported);
            default:
                return ReadFile();
        }
    }

    private ImportedPatrons ReadFile()
    {
        if (_file is null)
        {
            (_file, record.Imported) = new ReportEditor(world, record.Touched).WritePatrons();
        }

        return Step.Read([_file], TableOptions.Default, default);
    }

    private async Task<TableSource> ReadSetAsync(string name, IReadOnlyList<string> members)
    {
        record.Imported = members;
        if (!_hasSet)
        {
            await new StaffSets(world).MakeAsync(
                name, members, world.Plan.Source == PatronSource.LogicalSet ? $"user_group~{CaseWorld.Group}" : null)
                .ConfigureAwait(false);
            _hasSet = true;
        }

        return await new SetSource(world.Session.Reader, world.Reporter).ReadByNameAsync(name, default).ConfigureAwait(false);
    }

    // What people collect by hand has some of other groups in it.
    private IReadOnlyList<string> Chosen() => _ids ??= [.. world.Simulator.Users
        .Where(u => !u.IsDeleted && (u.UserGroup == CaseWorld.Group || world.Random.Next(15) == 0))
        .Select(u => u.PrimaryId)];

    private IReadOnlyList<string> Members() => _ids ??= [.. world.Simulator.Users
        .Where(u => !u.IsDeleted && u.UserGroup == CaseWorld.Group)
        .Select(u => u.PrimaryId)];
}
