using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tables.Ids;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>Turns the rows of a cursor into what is kept of them.</summary>
/// <param name="cursor">What the rows come from.</param>
/// <param name="number">Position of the file.</param>
/// <param name="columns">Takes in identifiers and dates.</param>
/// <param name="ids">Keeps the identifiers.</param>
/// <param name="traits">Numbers the traits.</param>
internal sealed class PatronRowReader(
    TableCursor cursor, ushort number, PatronColumns columns, IdArena.Writer ids, TraitTable traits)
{
    // First of all, so that it has the same number in each file.
    private readonly int _nothing = traits.NumberOf(new string?[Traits.Columns.Count]);
    private readonly TraitReader _traits = new(traits, cursor);

    /// <summary>Fills in what the current row has.</summary>
    public void Read(ref PatronRow row)
    {
        row.Damage = columns.ReadId(cursor, out ReadOnlySpan<byte> id);
        row.Hash = PatronId.Hash(id);
        row.IdAt = ids.Keep(id);
        row.Row = (int)cursor.RowNumber;
        row.File = number;
        if (row.Damage == IdDamage.ShiftedRow)
        {
            // Nobody knows what stands in which column.
            row.Traits = _nothing;
            return;
        }

        row.Traits = _traits.Read(cursor);
        columns.ReadDates(cursor, ref row);
    }
}
