using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Reads the members of a user set. All that a set tells of a patron is an identifier, so everything else is decided by
/// the live check. A logical set is read as it is now and not frozen in Alma first: the run's own list is what stays, and
/// an import changes nothing in Alma. Sends GET requests only.
/// </summary>
public sealed class SetSource
{
    private const string Activity = "Reading the set";
    private const string Users = "USER";

    private readonly IAlmaReader _alma;
    private readonly IStepReporter _reporter;

    /// <summary>Makes a source.</summary>
    /// <param name="alma">Asked for the set.</param>
    /// <param name="reporter">Told of progress, and of a set that moves.</param>
    public SetSource(IAlmaReader alma, IStepReporter reporter)
    {
        _alma = alma;
        _reporter = reporter;
    }

    /// <summary>Reads the set of this name.</summary>
    /// <exception cref="AlmaPurgeException">There is none, or none that can be used.</exception>
    public async Task<TableSource> ReadByNameAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        List<AlmaSetRecord> found = [];
        await foreach (AlmaSetRecord set in _alma.FindUserSetsAsync(name, cancellationToken).ConfigureAwait(false))
        {
            found.Add(set);
        }

        return found.Count switch
        {
            1 => await ReadAsync(found[0], cancellationToken).ConfigureAwait(false),
            0 => throw NotFound($"no user set named '{name}'", name, null),
            _ => throw new AlmaPurgeException(
                "SetAmbiguous",
                AlmaPurgeErrorKind.InvalidArgument,
                $"Alma has several user sets named '{name}': {string.Join(", ", found.Select(s => s.Id))}.",
                "Give the id of one with -SetId.",
                name),
        };
    }

    /// <summary>Reads the set of this id.</summary>
    /// <exception cref="AlmaPurgeException">There is none, or none that can be used.</exception>
    public async Task<TableSource> ReadByIdAsync(string setId, CancellationToken cancellationToken)
    {
        try
        {
            AlmaSetRecord set = await _alma.GetSetAsync(setId, cancellationToken).ConfigureAwait(false);
            return await ReadAsync(set, cancellationToken).ConfigureAwait(false);
        }
        catch (AlmaApiException e) when (e.Kind == AlmaErrorKind.NotFound)
        {
            throw NotFound($"no set with the id '{setId}'", setId, e);
        }
    }

    private async Task<TableSource> ReadAsync(AlmaSetRecord set, CancellationToken cancellationToken)
    {
        RequireUsers(set);
        bool isLogical = !set.Type.Equals("ITEMIZED", StringComparison.OrdinalIgnoreCase);
        TableHeader header = new HeaderFinder(set.Name, TableOptions.Default)
            .Accept(new HeaderRow(1, [KnownHeadings.Of(KnownColumn.PrimaryId)[0]]));
        using TableText text = new(header, [KnownColumn.PrimaryId]);
        await foreach (string id in _alma.GetSetMemberIdsAsync(set.Id, cancellationToken).ConfigureAwait(false))
        {
            text.Add([id]);
            _reporter.Progress(new StepProgress(Activity, set.Name, text.RowCount, set.MemberCount));
        }

        if (text.RowCount == 0)
        {
            throw new AlmaPurgeException(
                "SetEmpty",
                AlmaPurgeErrorKind.InvalidData,
                $"The set '{set.Name}' ({set.Id}) has no members.",
                "Make sure that it is the right set.",
                set.Id);
        }

        if (isLogical)
        {
            _reporter.Warn(
                $"'{set.Name}' is a logical set: Alma works out its members anew each time. The run holds those of now, and "
                + "keeps to them whoever comes into the set or leaves it later.");
        }

        return TableSource.Of(set.Name, TableOptions.Default, new TableOrigin("set") { SetId = set.Id }, text);
    }

    private static void RequireUsers(AlmaSetRecord set)
    {
        if (!set.Content.Equals(Users, StringComparison.OrdinalIgnoreCase))
        {
            throw new AlmaPurgeException(
                "SetNotOfUsers",
                AlmaPurgeErrorKind.InvalidArgument,
                $"The set '{set.Name}' ({set.Id}) holds {(set.Content.Length == 0 ? "nobody knows what" : set.Content)} and not users.",
                "Give a set with the content type User.",
                set.Id);
        }
    }

    private static AlmaPurgeException NotFound(string what, string target, Exception? cause) => new(
        "SetNotFound",
        AlmaPurgeErrorKind.NotFound,
        $"Alma has {what}.",
        "List the itemized ones with Get-AlmaUserSet. A private set may be seen by its owner alone: make it public in Alma.",
        target,
        cause);
}
