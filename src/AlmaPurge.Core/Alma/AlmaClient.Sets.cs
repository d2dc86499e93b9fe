using System.Runtime.CompilerServices;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Alma;

/// <content>Sets.</content>
public sealed partial class AlmaClient
{
    /// <inheritdoc/>
    public IAsyncEnumerable<AlmaSetRecord> FindSetsAsync(string? name, CancellationToken cancellationToken) =>
        FindSetsAsync(name, "ITEMIZED", cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<AlmaSetRecord> FindUserSetsAsync(string name, CancellationToken cancellationToken) =>
        FindSetsAsync(name, "", cancellationToken);

    private async IAsyncEnumerable<AlmaSetRecord> FindSetsAsync(
        string? name,
        string type,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // All are read and the names compared here: Alma's own search by name has trouble with blanks (seen), and
        // after a crash "there is no such set" must be true.
        PagedReader pages = new(
            _transport,
            AlmaAddress.Path("conf", "sets"),
            "set",
            RecordReader.Id,
            ("content_type", "USER"),
            ("set_type", type));
        await foreach (JObject row in pages.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (RecordReader.Set(row) is AlmaSetRecord set
                && (name is null || string.Equals(set.Name, name.Trim(), StringComparison.OrdinalIgnoreCase)))
            {
                yield return set;
            }
        }
    }

    /// <inheritdoc/>
    public async Task<AlmaSetRecord> GetSetAsync(string setId, CancellationToken cancellationToken)
    {
        AlmaRequest request = AlmaRequest.Get(AlmaAddress.Path("conf", "sets", setId));
        AlmaAnswer answer = await _transport.GetAsync(request, cancellationToken).ConfigureAwait(false);
        return RecordReader.Set(answer.Json) ?? throw _transport.Unexpected(request, "a set without an id");
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> GetSetMemberIdsAsync(
        string setId,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string path = AlmaAddress.Path("conf", "sets", setId, "members");
        PagedReader pages = new(_transport, path, "member", RecordReader.Id);
        await foreach (JObject row in pages.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return RecordReader.Id(row)
                ?? throw _transport.Unexpected(AlmaRequest.Get(path), "a member without an id");
        }
    }
}
