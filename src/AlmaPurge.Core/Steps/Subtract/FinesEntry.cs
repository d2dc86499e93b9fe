using AlmaPurge.Core.Rules;

namespace AlmaPurge.Core.Steps.Subtract;

/// <summary>What the fines files say about one patron.</summary>
/// <param name="primaryId">Identifier as the file has it, trimmed.</param>
internal sealed class FinesEntry(string primaryId)
{
    private readonly List<PatronFee> _fees = [];

    public string PrimaryId => primaryId;

    /// <summary>Whether the patron was among the candidates.</summary>
    public bool IsMatched { get; set; }

    /// <summary>Why the patron owes whatever the amounts are; null if the amounts decide.</summary>
    public string? OwesAnyway { get; private set; }

    public IReadOnlyList<PatronFee> Fees => _fees;

    public void Add(string status, decimal? amount, string? problem)
    {
        if (problem is not null)
        {
            OwesAnyway ??= problem;
        }
        else
        {
            _fees.Add(new PatronFee(status, amount ?? 0));
        }
    }
}
