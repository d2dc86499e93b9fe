using System.Text;
using System.Text.RegularExpressions;

namespace AlmaPurge.Core.Tables.Text;

/// <summary>
/// Tells a row with more separators at its end than the header has from one that a separator within a value has moved to
/// the right, while its last columns are blank. The last column that is read decides: if it holds a value of its kind, and
/// no column that could have come to its place holds such values, nothing left of it has moved. Where that cannot be told,
/// the row counts as moved.
/// </summary>
internal sealed partial class RowPlacement
{
    private static readonly Dictionary<KnownColumn, string[]> s_words = new()
    {
        [KnownColumn.RecordType] = ["public", "staff", "contact"],
        [KnownColumn.AccountType] = ["external", "internal"],
        [KnownColumn.Status] = ["active", "inactive", "deleted"],
    };

    private static readonly string[] s_yesNo = ["y", "yes", "true", "1", "n", "no", "false", "0"];

    private readonly int _last = -1;
    private readonly KnownColumn _column;
    private readonly int _tellable;

    /// <summary>Looks at the columns of a file.</summary>
    public RowPlacement(TableHeader header)
    {
        Dictionary<int, KnownColumn> known = header.Columns.ToDictionary(header.IndexOf);
        foreach ((int index, KnownColumn column) in known)
        {
            if (index > _last)
            {
                (_last, _column) = (index, column);
            }
        }

        int left = _last - 1;
        while (left >= 0 && known.TryGetValue(left, out KnownColumn column) && !MayPass(KindOf(column), KindOf(_column)))
        {
            left--;
        }

        _tellable = left < 0 ? int.MaxValue : _last - 1 - left;
    }

    private enum Kind
    {
        Text,
        FeeWord,
        Date,
        Word,
        Flag,
        Number,
    }

    /// <summary>The last column that is read.</summary>
    public KnownColumn Column => _column;

    /// <summary>Whether nothing that is read has moved.</summary>
    /// <param name="surplus">Values, blank ones, beyond the last heading: by so many columns at most a value has moved.</param>
    /// <param name="value">What stands in <see cref="Column"/>.</param>
    public bool IsCertain(int surplus, ReadOnlySpan<byte> value) =>
        _last == 0 || (surplus <= _tellable && IsOfKind(_column, Encoding.UTF8.GetString(value)));

    private static Kind KindOf(KnownColumn column) => column switch
    {
        KnownColumn.ExpiryDate or KnownColumn.PurgeDate or KnownColumn.LastActivityDate => Kind.Date,
        KnownColumn.RecordType or KnownColumn.AccountType or KnownColumn.Status => Kind.Word,
        KnownColumn.HasOtherRole or KnownColumn.HasOtherRoleThanInstructor or KnownColumn.IsBlocked => Kind.Flag,
        KnownColumn.RemainingAmount or KnownColumn.OriginalAmount => Kind.Number,
        KnownColumn.FeeStatus or KnownColumn.FeeType => Kind.FeeWord,
        _ => Kind.Text,
    };

    // Whether what stands in a column of one kind, or a piece of it, could pass for the other.
    private static bool MayPass(Kind value, Kind asKind) => asKind switch
    {
        Kind.Date => value == Kind.Date,
        Kind.Word => value is Kind.Text or Kind.FeeWord,
        Kind.Flag => value is not (Kind.Date or Kind.Word),
        Kind.Number => value is not (Kind.FeeWord or Kind.Word),
        _ => true,
    };

    private static bool IsOfKind(KnownColumn column, string value) => KindOf(column) switch
    {
        Kind.Date => Date().IsMatch(value),
        Kind.Word => s_words[column].Contains(value, StringComparer.OrdinalIgnoreCase),
        Kind.Flag => s_yesNo.Contains(value, StringComparer.OrdinalIgnoreCase),
        Kind.Number => Number().IsMatch(value),
        _ => false,
    };

    [GeneratedRegex(@"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}($|[ T])", RegexOptions.CultureInvariant)]
    private static partial Regex Date();

    [GeneratedRegex(@"^-?\d+([.,]\d+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
