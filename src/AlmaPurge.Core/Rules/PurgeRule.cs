using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>A reason to keep a patron.</summary>
public abstract class PurgeRule
{
    /// <summary>Name of the rule as users see it, such as <c>OpenLoans</c>.</summary>
    public abstract string Name { get; }

    /// <summary>One sentence for people: whom the rule keeps.</summary>
    public abstract string Sentence { get; }

    /// <summary>Whether the operator may release the whole rule by <c>-IgnoreRule</c>.</summary>
    public virtual bool CanBeIgnored => false;

    /// <summary>Judges one patron.</summary>
    /// <param name="facts">What is known of the patron.</param>
    /// <param name="criteria">What the run was started with.</param>
    /// <returns>The evidence if the rule keeps the patron; otherwise null.</returns>
    public abstract string? Judge(PatronFacts facts, PurgeCriteria criteria);

    /// <summary>
    /// A value for the evidence as it was found. Left out where evidence must not name anybody: nobody knows what stands
    /// in a value that is no code of Alma's.
    /// </summary>
    private protected static string Quote(string? value, PurgeCriteria criteria) =>
        criteria.Pseudonymize ? "(value not kept)" : $"'{value}'";
}

/// <summary>A rule that fired.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Evidence">What it saw, without any name, address or birth date.</param>
public sealed record RuleFinding(string Rule, string Evidence);
