using System.Collections;
using AlmaPurge.Core.Rules;

namespace AlmaPurge.Core.Steps.Subtract;

/// <summary>
/// What the fines files say about one patron. Nearly everybody in them has one fee, which is kept without an object of
/// its own: what lives as long as the step costs time at each garbage collection.
/// </summary>
/// <param name="primaryId">Identifier as the file has it, trimmed.</param>
internal sealed class FinesEntry(string primaryId) : IReadOnlyList<PatronFee>
{
    private string? _status;
    private decimal _balance;
    private List<PatronFee>? _more;

    public string PrimaryId => primaryId;

    /// <summary>Whether the patron was among the candidates.</summary>
    public bool IsMatched { get; set; }

    /// <summary>Why the patron owes whatever the amounts are; null if the amounts decide.</summary>
    public string? OwesAnyway { get; private set; }

    /// <summary>Number of fees.</summary>
    public int Count => _status is null ? 0 : 1 + (_more?.Count ?? 0);

    public PatronFee this[int index] => index == 0 ? new PatronFee(_status!, _balance) : _more![index - 1];

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

    public IEnumerator<PatronFee> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
