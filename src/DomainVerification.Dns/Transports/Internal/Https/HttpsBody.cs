using System.Buffers;

namespace DomainVerification.Dns;

/// <summary>The body of a response, within the length of a DNS message. The octets are pooled.</summary>
internal sealed class HttpsBody : IDisposable
{
    private const int MaxLength = DnsMessageWriter.MaxMessageLength;
    private const int UsualLength = 4096;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(UsualLength);
    private int _length;

    public Span<byte> Octets => _buffer.AsSpan(0, _length);

    /// <summary>Reads all of a body; false where it is too long, of which no more is read than is needed to know.</summary>
    public async ValueTask<bool> TryReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > MaxLength)
        {
            return false;
        }

        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            while (_length <= MaxLength)
            {
                MakeRoom();
                var received = await stream.ReadAsync(_buffer.AsMemory(_length), cancellationToken).ConfigureAwait(false);
                if (received == 0)
                {
                    return true;
                }

                _length += received;
            }

            return false;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void MakeRoom()
    {
        if (_length < _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(2 * _buffer.Length);
        Octets.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
