using System.Security.Cryptography;
using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Steps;

/// <summary>The SHA-256 of an input, for run.json; worked out beside the reading, which takes as long.</summary>
internal static class FileHash
{
    /// <summary>Starts hashing a file.</summary>
    /// <returns>Lower-case hexadecimal.</returns>
    public static Task<string> StartAsync(string path, CancellationToken cancellationToken) => StartAsync(
        () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1),
        cancellationToken);

    /// <summary>Starts hashing a table: a file as it is, what came from Alma as it is kept.</summary>
    /// <returns>Lower-case hexadecimal.</returns>
    public static Task<string> StartAsync(TableSource source, CancellationToken cancellationToken) =>
        source.IsFile ? StartAsync(source.Path, cancellationToken) : StartAsync(source.OpenContent, cancellationToken);

    private static Task<string> StartAsync(Func<Stream> open, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            Stream stream = open();
            await using (stream.ConfigureAwait(false))
            {
                byte[] hash = await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false);
                return Convert.ToHexString(hash).ToLowerInvariant();
            }
        },
        cancellationToken);
}
