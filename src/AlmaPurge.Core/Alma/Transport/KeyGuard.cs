namespace AlmaPurge.Core.Alma;

/// <summary>Holds the key, puts it where it belongs, and keeps it out of everything else.</summary>
internal sealed class KeyGuard
{
    private const string Mask = "(key)";

    private readonly string _key;

    /// <exception cref="AlmaPurgeException">This cannot be a key.</exception>
    public KeyGuard(string? key)
    {
        string trimmed = key?.Trim() ?? string.Empty;
        if (trimmed.Length == 0 || !trimmed.All(c => c is > ' ' and <= '~'))
        {
            throw new AlmaPurgeException(
                "InvalidApiKey",
                AlmaPurgeErrorKind.InvalidArgument,
                trimmed.Length == 0
                    ? "The API key is empty."
                    : "The API key holds blanks or characters that no Alma key has.",
                "Copy the key again from the Ex Libris Developer Network, Build My APIs, Manage API Keys.");
        }

        _key = trimmed;
    }

    /// <summary>Puts the key into the header of a request; nowhere else does it leave this class.</summary>
    public void Authorize(HttpRequestMessage request) =>
        request.Headers.TryAddWithoutValidation("Authorization", "apikey " + _key);

    /// <summary>A text from outside, such as a server's message, without the key.</summary>
    public string Clean(string text) => text.Replace(_key, Mask, StringComparison.OrdinalIgnoreCase);

    /// <summary>An exception from outside; null if the key is in it, since exceptions cannot be cleaned.</summary>
    public Exception? Clean(Exception? exception) =>
        exception is null || exception.ToString().Contains(_key, StringComparison.OrdinalIgnoreCase)
            ? null
            : exception;

    /// <inheritdoc/>
    public override string ToString() => Mask;
}
