using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json;

namespace AlmaPurge.Core.Runs;

/// <summary>Where entries of a keep list come from.</summary>
/// <param name="Name">File name, or the parameter; never a full path, which may hold a person's name.</param>
/// <param name="Sha256">SHA-256 of the file's bytes, lower-case hexadecimal; null for what is no file.</param>
/// <param name="Count">Identifiers in it, each counted once.</param>
public sealed record KeepListSource(string Name, string? Sha256, int Count);

/// <summary>
/// Patrons who must stay whatever else is known of them. Part of the criteria: <c>run.json</c> has the sources, the
/// count and a digest, the identifiers are in a file of their own. Compares trimmed and case-insensitively.
/// </summary>
[JsonObject(MemberSerialization.OptIn)]
public sealed class KeepList
{
    private readonly Dictionary<string, string>? _origins;

    [JsonConstructor]
    private KeepList(IReadOnlyList<KeepListSource>? sources, int count, string? sha256)
    {
        Sources = sources ?? [];
        Count = count;
        Sha256 = sha256;
    }

    private KeepList(Dictionary<string, string> origins, IReadOnlyList<KeepListSource> sources, string? sha256)
    {
        _origins = origins;
        Sources = sources;
        Count = origins.Count;
        Sha256 = sha256;
    }

    /// <summary>Nobody.</summary>
    public static KeepList Empty { get; } = Of([], []);

    /// <summary>Where the identifiers come from.</summary>
    [JsonProperty]
    public IReadOnlyList<KeepListSource> Sources { get; }

    /// <summary>Identifiers on the list.</summary>
    [JsonProperty]
    public int Count { get; }

    /// <summary>SHA-256 over identifiers and sources, by which a change of the run's copy is noticed; null if there are none.</summary>
    [JsonProperty]
    public string? Sha256 { get; }

    /// <summary>The identifiers, in the order in which they were read.</summary>
    /// <exception cref="InvalidOperationException">Only run.json was read, so nobody can tell who is on the list.</exception>
    public IEnumerable<string> Ids => Origins.Keys;

    /// <summary>The identifiers with the name of the source of each.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Entries => Origins;

    // Empty as run.json has it needs no file. Anything else without its identifiers would protect nobody.
    private Dictionary<string, string> Origins => _origins ?? (Count == 0
        ? Empty._origins!
        : throw new InvalidOperationException("The identifiers of the keep list were not loaded."));

    /// <summary>Makes a list; of an identifier that comes twice, the first counts.</summary>
    /// <param name="sources">Where the identifiers come from.</param>
    /// <param name="entries">Identifiers, each with the name of its source.</param>
    public static KeepList Of(
        IReadOnlyList<KeepListSource> sources, IEnumerable<KeyValuePair<string, string>> entries)
    {
        Dictionary<string, string> origins = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string id, string origin) in entries)
        {
            origins.TryAdd(id.Trim(), origin);
        }

        return new KeepList(origins, sources, origins.Count == 0 ? null : Digest(origins));
    }

    /// <summary>
    /// The same list with the digest of what stands in its file: one over the identifiers could tell who is on the list
    /// to somebody who tries them.
    /// </summary>
    internal KeepList AsStored(StoredIds ids) => ids.IsPlain || Count == 0 ? this : new KeepList(
        Origins,
        [.. Sources.Select(s => s with { Sha256 = s.Sha256 is null ? null : ids.ToStored(s.Sha256) })],
        Of(Sources, Origins.Select(o => KeyValuePair.Create(ids.ToStored(o.Key), o.Value))).Sha256);

    /// <summary>The list for which this one, as its file has it, stands.</summary>
    internal KeepList FromStored(StoredIds ids) => new(
        new Dictionary<string, string>(
            Origins.Select(o => KeyValuePair.Create(ids.FromStored(o.Key), o.Value)), StringComparer.OrdinalIgnoreCase),
        Sources,
        Sha256);

    /// <summary>The source that has the patron on its list; null if none has.</summary>
    public string? OriginOf(string primaryId) => Origins.GetValueOrDefault(primaryId.Trim());

    private static string Digest(Dictionary<string, string> origins)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string id, string origin) in origins)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{id}\t{origin}\n"));
        }

        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }
}
