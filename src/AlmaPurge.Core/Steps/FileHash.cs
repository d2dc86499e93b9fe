using System.Security.Cryptography;

namespace AlmaPurge.Core.Steps;

/// <summary>The SHA-256 of an input, for run.json; worked out beside the reading, which takes as long.</summary>
internal static class FileHash
{
    /// <summary>Starts hashing a file.</summary>
    /// <returns>Lower-case hexadecimal.</returns>
    public static Task<string> StartAsync(string path, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            await using (stream.ConfigureAwait(false))
            {
                byte[] hash = await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false);
                return Convert.ToHexString(hash).ToLowerInvariant();
            }
        },
        cancellationToken);
}
