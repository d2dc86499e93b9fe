using System.Text;
using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tables.Ids;
using AlmaPurge.Core.Tables.Text;

namespace AlmaPurge.Core.Steps;

/// <summary>Reads the rows of one keep list: identifiers, comments, headings.</summary>
internal sealed class KeepListRows(TableSource source)
{
    private readonly IdColumn _ids = new(source);
    private readonly Dictionary<IdDamage, long> _damaged = [];

    /// <summary>Reads all identifiers.</summary>
    /// <exception cref="TableException">One is damaged, or there are none.</exception>
    public void ReadInto(HashSet<string> ids, CancellationToken cancellationToken)
    {
        using (TableCursor cursor = source.Read())
        {
            while (cursor.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!IsRemark(cursor.ValueOf(KnownColumn.PrimaryId)))
                {
                    Read(cursor, ids);
                }
            }
        }

        _ids.Settle();
        foreach ((IdDamage damage, long row) in _damaged.Where(d => _ids.Final(d.Key) != IdDamage.None))
        {
            throw Damaged(damage.Describe(), row);
        }

        if (ids.Count == 0)
        {
            throw new TableException(
                TableErrorKind.Empty,
                source.Path,
                "the keep list has no identifiers, so it would protect nobody.",
                "Put one primary identifier in each line, or leave the file out.");
        }
    }

    // A row that begins with # is a comment, but for Excel's error values. A heading may stand anywhere in a list that
    // has one column, since several lists may have been put together.
    private bool IsRemark(ReadOnlySpan<byte> id)
    {
        if (id.StartsWith("#"u8))
        {
            return IdText.Judge(id) != IdDamage.ErrorValue;
        }

        return source.Header.RowNumber == 0
            && KnownHeadings.TryFind(Encoding.UTF8.GetString(id), out KnownColumn column)
            && column == KnownColumn.PrimaryId;
    }

    private void Read(TableCursor cursor, HashSet<string> ids)
    {
        IdDamage damage = _ids.Add(cursor, out ReadOnlySpan<byte> id);
        if (damage == IdDamage.TotalRow)
        {
            // At the foot of an export. Nobody with such an identifier is ever purged.
            return;
        }

        ReadOnlySpan<byte> bare = cursor.IsText ? WithoutComment(id) : id;
        damage = bare.Length < id.Length ? IdText.Judge(bare) : damage;
        if (damage != IdDamage.None)
        {
            _damaged.TryAdd(damage, cursor.RowNumber);
        }

        string text = Encoding.UTF8.GetString(bare);
        if (source.Header.RowNumber == 0 && cursor.IsText && text.IndexOfAny([',', ';', '\t', '|']) >= 0)
        {
            throw new TableException(
                TableErrorKind.NoIdColumn,
                source.Path,
                $"row {cursor.RowNumber} has several values, and no heading says which of them is the identifier.",
                "Put one primary identifier in each line, or a heading such as 'Primary Identifier' above its column.",
                cursor.RowNumber);
        }

        ids.Add(text);
    }

    // "00266740  # the dean": a # behind a space begins a comment.
    private static ReadOnlySpan<byte> WithoutComment(ReadOnlySpan<byte> id)
    {
        for (int i = 1; i < id.Length; i++)
        {
            if (id[i] == (byte)'#' && id[i - 1] is (byte)' ' or (byte)'\t')
            {
                return Utf8Text.Trim(id[..i]);
            }
        }

        return id;
    }

    private TableException Damaged(string what, long row)
    {
        string heading = source.Header.HeadingOf(KnownColumn.PrimaryId);
        return new TableException(
            TableErrorKind.DamagedIds,
            source.Path,
            $"column '{heading}', row {row}: {what}, so it would protect nobody.",
            "Write the primary identifier as Alma has it; in a spreadsheet format the column as text first.",
            row,
            heading);
    }
}
