namespace AlmaPurge.Core.Alma;

/// <summary>
/// The proof that someone agreed to a change. Only the helper that asks makes one, right after the answer, so that no
/// step that merely reads comes by an <see cref="IAlmaWriter"/>.
/// </summary>
public sealed class WriteApproval
{
    private WriteApproval(string sentence) => Sentence = sentence;

    /// <summary>What was agreed to, in the words of the prompt.</summary>
    public string Sentence { get; }

    /// <summary>Records that someone agreed.</summary>
    /// <param name="sentence">What was agreed to, in the words of the prompt.</param>
    public static WriteApproval Given(string sentence)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sentence);
        return new WriteApproval(sentence);
    }

    /// <inheritdoc/>
    public override string ToString() => Sentence;
}
