using System.Buffers;
using System.Buffers.Binary;

namespace DomainVerification.Dns;

/// <summary>
/// Takes messages out of a stream, each after its length in two octets (RFC 1035, section 4.2.2). Room is made for octets that came, never
/// for those that a length promises.
/// </summary>
internal sealed class FrameReader(Stream stream) : IDisposable
{
    private const int PrefixLength = 2;
    private const int UsualLength = 4096;
    private const int MaxLength = PrefixLength + DnsMessageWriter.MaxMessageLength;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(UsualLength);
    private int _start;
    private int _end;

    /// <summary>The next message, good until the next call; null once the stream has ended.</summary>
    public async ValueTask<Memory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Take() is { } message)
            {
                return message;
            }

            MakeRoom();
            var received = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (received == 0)
            {
                return null;
            }

            _end += received;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private Memory<byte>? Take()
    {
        var received = _buffer.AsMemory(_start, _end - _start);
        if (received.Length < PrefixLength)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(received.Span);
        if (received.Length < PrefixLength + length)
        {
            return null;
        }

        _start += PrefixLength + length;
        return received.Slice(PrefixLength, length);
    }

    private void MakeRoom()
    {
        var length = _end - _start;
        if (length == 0)
        {
            MoveTo(_buffer.Length > UsualLength ? UsualLength : _buffer.Length);
        }
        else if (_end == _buffer.Length)
        {
            MoveTo(length < _buffer.Length ? _buffer.Length : Math.Min(2 * _buffer.Length, MaxLength));
        }
    }

    private void MoveTo(int capacity)
    {
        var octets = _buffer.AsSpan(_start, _end - _start);
        var target = capacity == _buffer.Length ? _buffer : ArrayPool<byte>.Shared.Rent(capacity);
        octets.CopyTo(target);
        (_start, _end) = (0, octets.Length);
        if (target != _buffer)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = target;
        }
    }
}
