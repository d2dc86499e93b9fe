using AlmaPurge.Core.Rules;

namespace AlmaPurge.Core.Steps.Subtract;

/// <summary>
/// What the fines files say about one patron. Nearly everybody in them has one fee, which is kept without an object of
/// its own: what lives as long as the step costs time at each garbage collection.
/// </summary>
internal struct FinesEntry
{
    private string? _status;
    private decimal _balance;
    private List<PatronFee>? _more;

    /// <summary>Identifier as the file has it, trimmed.</summary>
    public required string PrimaryId { get; init; }

    /// <summary>Whether the patron was among the candidates.</summary>
    public bool IsMatched { get; set; }

    /// <summary>Why the patron owes whatever the amounts are; null if the amounts decide.</summary>
    public string? OwesAnyway { get; private set; }

    /// <summary>All fees.</summary>
    public readonly IReadOnlyList<PatronFee> Fees() =>
        _status is null ? [] : [new PatronFee(_status, _balance), .. _more ?? []];

    public void Add(string status, decimal balance)
    {
        if (_status is not null)
        {
            (_more ??= []).Add(new PatronFee(status, balance));
            return;
        }

        _status = status;
        _balance = balance;
    }

    /// <summary>Notes a fee that nobody can weigh.</summary>
    public void AddProblem(string problem) => OwesAnyway ??= problem;
}
