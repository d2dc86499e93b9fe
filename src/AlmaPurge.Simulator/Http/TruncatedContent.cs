using System.Net;

namespace AlmaPurge.Simulator.Http;

/// <summary>A body that promises its full length, gives half of it, and then breaks off.</summary>
internal sealed class TruncatedContent : HttpContent
{
    private readonly HttpContent _whole;
    private readonly long _length;

    public TruncatedContent(HttpContent whole)
    {
        _whole = whole;
        _length = whole.Headers.ContentLength ?? 0;
        Headers.ContentType = whole.Headers.ContentType;
        Headers.ContentLength = _length;
    }

    protected override async Task<Stream> CreateContentReadStreamAsync()
    {
        byte[] bytes = await _whole.ReadAsByteArrayAsync().ConfigureAwait(false);
        return new BreakingStream(bytes, bytes.Length / 2);
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        Stream half = await CreateContentReadStreamAsync().ConfigureAwait(false);
        await using (half.ConfigureAwait(false))
        {
            await half.CopyToAsync(stream).ConfigureAwait(false);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _whole.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class BreakingStream(byte[] bytes, int count) : MemoryStream(bytes, 0, count, writable: false)
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            return Unbroken(base.Read(buffer, offset, count), count);
        }

        public override int Read(Span<byte> buffer)
        {
            // MemoryStream's own goes to the overload above, since this class is not MemoryStream itself.
            return base.Read(buffer);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            return Task.FromResult(Read(buffer, offset, count));
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            byte[] part = new byte[Math.Min(buffer.Length, 4096)];
            int read = Read(part, 0, part.Length);
            part.AsSpan(0, read).CopyTo(buffer.Span);
            return ValueTask.FromResult(read);
        }

        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            byte[] part = new byte[4096];
            while (true)
            {
                int read = await ReadAsync(part, cancellationToken).ConfigureAwait(false);
                await destination.WriteAsync(part.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
        }

        private static int Unbroken(int read, int asked)
        {
            return read > 0 || asked == 0
                ? read
                : throw new IOException("The connection was closed in the middle of the answer.");
        }
    }
}
