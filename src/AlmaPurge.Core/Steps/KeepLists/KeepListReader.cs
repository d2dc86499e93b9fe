using System.Text;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tables.Ids;
using AlmaPurge.Core.Tables.Text;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Reads keep lists: files of identifiers, with or without a heading and comments, and identifiers that were given
/// one by one. Whatever cannot be trusted stops it: a damaged entry would protect nobody.
/// </summary>
public static class KeepListReader
{
    /// <summary>Name of the source of identifiers that were given one by one.</summary>
    public const string GivenName = "-KeepPrimaryId";

    private static readonly TableOptions s_options = new() { IsIdList = true };

    /// <summary>Reads all lists into one.</summary>
    /// <param name="paths">Files: text, CSV or workbooks.</param>
    /// <param name="primaryIds">Identifiers given one by one.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="TableException">A file cannot be used as it is.</exception>
    /// <exception cref="AlmaPurgeException">An identifier cannot be one.</exception>
    public static async Task<KeepList> ReadAsync(
        IEnumerable<string> paths, IEnumerable<string> primaryIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(primaryIds);
        List<KeepListSource> sources = [];
        List<KeyValuePair<string, string>> entries = [];
        foreach (string path in paths)
        {
            HashSet<string> ids = NewSet();
            string hash = await ReadFileAsync(path, ids, cancellationToken).ConfigureAwait(false);
            Add(new KeepListSource(Path.GetFileName(path), hash, ids.Count), ids);
        }

        HashSet<string> given = NewSet();
        given.UnionWith(primaryIds.Select(Checked));
        if (given.Count > 0)
        {
            Add(new KeepListSource(GivenName, null, given.Count), given);
        }

        return KeepList.Of(sources, entries);

        void Add(KeepListSource source, HashSet<string> ids)
        {
            sources.Add(source);
            entries.AddRange(ids.Select(id => new KeyValuePair<string, string>(id, source.Name)));
        }
    }

    private static HashSet<string> NewSet() => new(StringComparer.OrdinalIgnoreCase);

    private static string Checked(string primaryId)
    {
        ReadOnlySpan<byte> id = Utf8Text.Trim(Encoding.UTF8.GetBytes(primaryId));
        IdDamage damage = IdText.Judge(id);
        return damage == IdDamage.None ? Encoding.UTF8.GetString(id) : throw new AlmaPurgeException(
            "KeepIdDamaged",
            AlmaPurgeErrorKind.InvalidArgument,
            $"-KeepPrimaryId '{primaryId}': {damage.Describe()}, so it would protect nobody.",
            "Give the primary identifier as Alma has it, in quotes.",
            primaryId);
    }

    private static async Task<string> ReadFileAsync(
        string path, HashSet<string> ids, CancellationToken cancellationToken)
    {
        TableSource source = TableSource.Open(path, s_options);
        Task<string> hash = FileHash.StartAsync(source.Path, cancellationToken);
        new KeepListRows(source).ReadInto(ids, cancellationToken);
        source.EnsureUnchanged();
        return await hash.ConfigureAwait(false);
    }
}
