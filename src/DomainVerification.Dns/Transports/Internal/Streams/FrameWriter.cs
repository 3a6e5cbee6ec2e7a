using System.Buffers;
using System.Threading.Channels;

namespace DomainVerification.Dns;

/// <summary>
/// Puts messages into a stream, one write at a time. What comes while a write is under way goes out together with the next, and an asker
/// who goes away never leaves half a message behind.
/// </summary>
internal sealed class FrameWriter
{
    private readonly Lock _gate = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private ArrayBufferWriter<byte> _waiting = new();
    private ArrayBufferWriter<byte> _leaving = new();

    /// <summary>Copies a message, its length before it, to be written next.</summary>
    public void Add(ReadOnlySpan<byte> message)
    {
        lock (_gate)
        {
            _waiting.Write(message);
        }

        _wake.Writer.TryWrite(true);
    }

    /// <summary>Writes all that was and will be added, until the token is cancelled or the stream fails.</summary>
    public async Task RunAsync(Stream stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            await _wake.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            await stream.WriteAsync(Next(), cancellationToken).ConfigureAwait(false);
        }
    }

    private ReadOnlyMemory<byte> Next()
    {
        lock (_gate)
        {
            _leaving.ResetWrittenCount();
            (_waiting, _leaving) = (_leaving, _waiting);
            return _leaving.WrittenMemory;
        }
    }
}
