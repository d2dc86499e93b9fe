namespace AlmaPurge.Core.Steps.Subtract;

/// <summary>How the join of candidates and fines went; a join that hardly matched is a sign of a wrong file.</summary>
/// <param name="Rows">Rows of the fines files with an identifier.</param>
/// <param name="Patrons">Different patrons in them.</param>
/// <param name="Duplicates">Rows beyond the first of their patron.</param>
/// <param name="Matched">Patrons who are among the candidates.</param>
/// <param name="Unmatched">Patrons who are not.</param>
/// <param name="Owing">Candidates who owe and were taken off.</param>
/// <param name="Ignored">Rows about no patron: totals, and rows without an identifier.</param>
public sealed record FinesJoin(
    int Rows, int Patrons, int Duplicates, int Matched, int Unmatched, int Owing, int Ignored)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"Fines: {Rows} rows, {Patrons} patrons ({Duplicates} duplicate), {Matched} matched, {Unmatched} unmatched; {Owing} owe.");
}
