using System.Text;
using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tables.Dates;
using AlmaPurge.Core.Tables.Ids;

namespace AlmaPurge.Rehearsal;

/// <summary>
/// Makes patrons of the simulated library from the rows of one's own export. What a file does not tell is made up so
/// that nothing speaks against the patron: else a list of identifiers could not be rehearsed at all.
/// </summary>
internal sealed class PatronRows
{
    private readonly SimulatedLibrary _library;
    private readonly string _userGroup;
    private readonly DateOnly _madeUpExpiry;
    private readonly HashSet<string> _created = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="library">Where they are made.</param>
    /// <param name="userGroup">Group of patrons whose file has no groups.</param>
    /// <param name="expiredBefore">The run's cutoff.</param>
    public PatronRows(SimulatedLibrary library, string userGroup, DateOnly expiredBefore)
    {
        _library = library;
        _userGroup = userGroup;
        _madeUpExpiry = expiredBefore.AddYears(-1);
    }

    /// <summary>Primary identifiers of those who were made.</summary>
    public IReadOnlySet<string> Created => _created;

    /// <summary>Whether the file has no expiry dates, so that they had to be made up.</summary>
    public bool HasMadeUpExpiry { get; private set; }

    /// <summary>Makes those whom the library lacks.</summary>
    public void AddFrom(string path, TableOptions options, CancellationToken stop)
    {
        TableSource source = TableSource.Open(path, options);
        IdColumn ids = new(source);
        DateColumn expiry = new(source, KnownColumn.ExpiryDate);
        DateColumn purge = new(source, KnownColumn.PurgeDate);
        DateColumn activity = new(source, KnownColumn.LastActivityDate);
        List<Row> rows = [];
        using (TableCursor cursor = source.Read())
        {
            while (cursor.Read())
            {
                stop.ThrowIfCancellationRequested();
                IdDamage damage = ids.Add(cursor, out ReadOnlySpan<byte> id);
                if (damage != IdDamage.ShiftedRow)
                {
                    rows.Add(new Row(
                        damage, Encoding.UTF8.GetString(id), expiry.Add(cursor), purge.Add(cursor), activity.Add(cursor), new RowTraits(cursor)));
                }
            }
        }

        ids.Settle();
        DateColumn[] dates = [expiry, purge, activity];
        Array.ForEach(dates, d => d.Settle(dates));
        HasMadeUpExpiry = !source.Header.Has(KnownColumn.ExpiryDate);
        foreach (Row row in rows.Where(r => ids.Final(r.Damage) == IdDamage.None))
        {
            Add(row, expiry.Resolve(row.Expiry), purge.Resolve(row.Purge), activity.Resolve(row.Activity));
        }
    }

    private void Add(Row row, DateOnly? expiry, DateOnly? purge, DateOnly? activity)
    {
        RowTraits traits = row.Traits;
        bool hasNoGroup = traits.GroupCode is "" || (traits.GroupCode is null && traits.GroupName is "");
        if (hasNoGroup || _library.Simulator.FindUser(row.PrimaryId) is not null)
        {
            return;
        }

        bool isGroupTold = traits.GroupCode is not null || traits.GroupName is not null;
        string group = isGroupTold ? _library.RequireGroup(traits.GroupCode, traits.GroupName) : _userGroup;
        _library.Simulator.AddFromRow(
            row.PrimaryId,
            group,
            HasMadeUpExpiry ? _madeUpExpiry : expiry,
            activity,
            traits.Status,
            traits.RecordType,
            traits.AccountType,
            purge,
            traits.HasOtherRole,
            traits.IsLinkedCopy,
            traits.IsBlocked);
        _created.Add(row.PrimaryId);
    }

    private sealed record Row(
        IdDamage Damage, string PrimaryId, DateValue Expiry, DateValue Purge, DateValue Activity, RowTraits Traits);
}
