namespace AlmaPurge.Core.Steps.Import;

/// <summary>All different combinations of traits, numbered.</summary>
internal sealed class TraitTable
{
    private readonly List<Traits> _traits = [];
    private readonly Dictionary<string?[], int> _numbers = new(new SameTexts());

    public int Count => _traits.Count;

    public Traits this[int number] => _traits[number];

    /// <summary>The number of a combination.</summary>
    /// <param name="values">In the order of <see cref="Traits.Columns"/>.</param>
    public int NumberOf(string?[] values)
    {
        if (!_numbers.TryGetValue(values, out int number))
        {
            number = _traits.Count;
            _numbers.Add(values, number);
            _traits.Add(new Traits(values));
        }

        return number;
    }

    private sealed class SameTexts : IEqualityComparer<string?[]>
    {
        public bool Equals(string?[]? x, string?[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(string?[] obj)
        {
            HashCode hash = default;
            foreach (string? text in obj)
            {
                hash.Add(text, StringComparer.Ordinal);
            }

            return hash.ToHashCode();
        }
    }
}
