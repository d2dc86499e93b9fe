using System.Security.Cryptography;
using System.Text;

namespace AlmaPurge.Core.Runs;

/// <summary>
/// Identifiers stand in the files as keyed tokens: HMAC-SHA256 with a random key of the run over the identifier as
/// identifiers compare (trimmed, case-insensitively), shortened. Nobody can go from a token to the identifier without the
/// map, nor try identifiers without the key; both are in one file that can be deleted. Safe to use from several threads.
/// </summary>
internal sealed class Pseudonyms : StoredIds
{
    private const string Prefix = "P-";
    private const int KeyLength = 32;

    private readonly object _gate = new();
    private readonly RunFolder _folder;
    private readonly byte[] _key;
    private readonly int _digits;
    private readonly Dictionary<string, string> _tokens = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private int _kept;

    /// <summary>Makes the pseudonyms of a run.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="key">The run's key; null for a new one.</param>
    /// <param name="digits">Hexadecimal digits of a token, unless two identifiers share them.</param>
    public Pseudonyms(RunFolder folder, byte[]? key = null, int digits = 16)
    {
        _folder = folder;
        _key = key ?? RandomNumberGenerator.GetBytes(KeyLength);
        _digits = digits;
        _kept = key is null ? -1 : 0;
    }

    /// <summary>The key of the run.</summary>
    public ReadOnlySpan<byte> Key => _key;

    /// <summary>Identifiers by their tokens.</summary>
    public IEnumerable<KeyValuePair<string, string>> Entries => _ids;

    /// <inheritdoc/>
    public override string ToStored(string id)
    {
        string given = id.Trim();
        if (given.Length == 0)
        {
            return "";
        }

        lock (_gate)
        {
            return _tokens.TryGetValue(given, out string? known) ? known : Add(TokenOf(given), given);
        }
    }

    /// <inheritdoc/>
    public override string FromStored(string stored)
    {
        lock (_gate)
        {
            return stored.Length == 0 ? ""
                : _ids.TryGetValue(stored, out string? id) ? id
                : throw PseudonymFile.Damaged(_folder, $"another file names '{stored}', of whom it does not say who that is");
        }
    }

    /// <inheritdoc/>
    public override void Keep()
    {
        lock (_gate)
        {
            if (_kept == _ids.Count)
            {
                return;
            }

            // Somebody who has deleted the map does not want it back.
            if (_kept >= 0 && !_folder.Has(RunFolder.PseudonymsName))
            {
                throw PseudonymFile.Gone(_folder, null);
            }

            PseudonymFile.Write(_folder, this);
            _kept = _ids.Count;
        }
    }

    /// <inheritdoc/>
    public override void Tidy() => _folder.DropHalf(RunFolder.PseudonymsName);

    /// <inheritdoc/>
    public override void Require(RunDocument document)
    {
        if (!_folder.Has(RunFolder.PseudonymsName))
        {
            throw PseudonymFile.Gone(_folder, document);
        }
    }

    /// <summary>Takes an entry of the map over.</summary>
    /// <returns>False if the token or the identifier is there already.</returns>
    public bool TryTake(string token, string id)
    {
        if (!_ids.TryAdd(token, id) || !_tokens.TryAdd(id, token))
        {
            return false;
        }

        _kept = _ids.Count;
        return true;
    }

    private string Add(string token, string id)
    {
        _tokens.Add(id, token);
        _ids.Add(token, id);
        return token;
    }

    // Identifiers compare by their upper-case letters, so those are what is hashed.
    private string TokenOf(string id)
    {
        string hash = Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(id.ToUpperInvariant())));
        string token = Prefix + hash[.._digits];
        for (int length = _digits + 1; _ids.ContainsKey(token); length++)
        {
            token = Prefix + (length <= hash.Length ? hash[..length] : hash + length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return token;
    }
}
