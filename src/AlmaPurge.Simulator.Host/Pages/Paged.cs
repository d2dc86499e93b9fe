using System.Globalization;

namespace AlmaPurge.Simulator.Host.Pages;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
public sealed class Paged<T>
{
    /// <summary>Rows on one page.</summary>
    public const int Size = 50;

    private Paged(IReadOnlyList<T> all, int number)
    {
        Total = all.Count;
        Count = Math.Max(1, (all.Count + Size - 1) / Size);
        Number = Math.Clamp(number, 1, Count);
        Start = (Number - 1) * Size;
        Items = [.. all.Skip(Start).Take(Size)];
    }

    /// <summary>Rows of all pages.</summary>
    public int Total { get; }

    /// <summary>How many pages there are.</summary>
    public int Count { get; }

    /// <summary>This page, from 1.</summary>
    public int Number { get; }

    /// <summary>Rows before this page.</summary>
    public int Start { get; }

    /// <summary>The rows of this page.</summary>
    public IReadOnlyList<T> Items { get; }

    /// <summary>Cuts the page that the query asks for.</summary>
    internal static Paged<T> From(IReadOnlyList<T> all, IQueryCollection query)
    {
        bool fits = int.TryParse(query["page"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        return new Paged<T>(all, fits ? number : 1);
    }
}
