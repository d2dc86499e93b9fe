using System.Text;
using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tables.Ids;
using AlmaPurge.Core.Tables.Text;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>Identifiers that were given one by one; nothing else is known of these patrons.</summary>
internal sealed class IdList : IPatronSource
{
    public string Name => "the list of identifiers";

    public int RowCount { get; private set; }

    public bool HasUserGroup => false;

    public bool MayShiftIds => false;

    public string HeadingOf(KnownColumn column) => KnownHeadings.Of(column)[0];

    public Task<string?> HashAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public void SettleRow(ref PatronRow row)
    {
    }

    public string? UnreadableText(KnownColumn column, long row) => null;

    public void ReadInto(RowStore rows, TraitTable traits, IEnumerable<string> primaryIds)
    {
        int nothing = traits.NumberOf(new string?[Traits.Columns.Count]);
        IdArena.Writer ids = rows.Ids.NewWriter();
        foreach (string primaryId in primaryIds)
        {
            ReadOnlySpan<byte> id = Utf8Text.Trim(Encoding.UTF8.GetBytes(primaryId));
            ref PatronRow row = ref rows.Add();
            row.Damage = IdText.Judge(id);
            row.Hash = PatronId.Hash(id);
            row.IdAt = ids.Keep(id);
            row.Row = ++RowCount;
            row.Traits = nothing;
        }
    }
}
