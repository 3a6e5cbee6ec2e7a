using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;

namespace DomainVerification.Dns;

/// <summary>DNS over TCP (RFC 7766): one connection for every query, closed after the response.</summary>
/// <param name="timeProvider">The clock of the timeouts.</param>
public sealed class TcpDnsTransport(TimeProvider timeProvider) : IDnsTransport
{
    private const int PrefixLength = 2;

    /// <inheritdoc/>
    public DnsTransportKind Kind => DnsTransportKind.Tcp;

    /// <inheritdoc/>
    public async ValueTask<DnsExchange> ExchangeAsync(
        DnsServerEndpoint server,
        DnsQuery query,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(query);
        using ExchangeTimer timer = new(timeout, timeProvider, cancellationToken);
        using OutgoingQuery outgoing = new(query, DnsTransportKind.Tcp);
        IgnoredPackets ignored = new();
        try
        {
            using Socket socket = new(server.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(server.SocketAddress, timer.Token).ConfigureAwait(false);
            await SendAsync(socket, outgoing.PrefixedMessage, timer.Token).ConfigureAwait(false);
            var exchange = await ReceiveAsync(socket, outgoing, ignored, timer).ConfigureAwait(false);
            return exchange with { IgnoredPackets = ignored.Count };
        }
        catch (OperationCanceledException)
        {
            return ignored.Explain(timer.EndByToken());
        }
        catch (SocketException exception)
        {
            return timer.End(DnsExchangeOutcome.Unreachable) with
            {
                IgnoredPackets = ignored.Count,
                Detail = SocketErrorCodes.For(exception.SocketErrorCode),
            };
        }
    }

    private static async ValueTask SendAsync(Socket socket, ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        while (!octets.IsEmpty)
        {
            octets = octets[await socket.SendAsync(octets, cancellationToken).ConfigureAwait(false)..];
        }
    }

    // Responses on a connection may come in any order, so one with another id is passed over; here nobody else ever asked for one, though.
    private static async ValueTask<DnsExchange> ReceiveAsync(
        Socket socket,
        OutgoingQuery outgoing,
        IgnoredPackets ignored,
        ExchangeTimer timer)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PrefixLength + DnsMessageWriter.MaxMessageLength);
        try
        {
            while (ignored.Count <= UdpDnsTransport.MaxIgnoredPackets)
            {
                if (!await TryReceiveExactlyAsync(socket, buffer.AsMemory(0, PrefixLength), timer.Token).ConfigureAwait(false))
                {
                    return timer.End(DnsExchangeOutcome.Unreachable) with { Detail = SocketErrorCodes.ConnectionClosed };
                }

                var packet = buffer.AsMemory(PrefixLength, BinaryPrimitives.ReadUInt16BigEndian(buffer));
                if (!await TryReceiveExactlyAsync(socket, packet, timer.Token).ConfigureAwait(false))
                {
                    return timer.End(DnsExchangeOutcome.Unreachable) with { Detail = SocketErrorCodes.ConnectionClosed };
                }

                switch (outgoing.Judge(packet.Span, out var response, out var error))
                {
                    case PacketVerdict.Accepted:
                        return timer.End(DnsExchangeOutcome.Answered) with { Response = response };

                    case PacketVerdict.Truncated:
                        return timer.End(DnsExchangeOutcome.Malformed) with { Detail = "truncated_over_tcp" };

                    case PacketVerdict.Malformed:
                        return timer.End(DnsExchangeOutcome.Malformed) with { Detail = error.Code };

                    default:
                        ignored.AddForeign();
                        break;
                }
            }

            return timer.End(DnsExchangeOutcome.Mismatched);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async ValueTask<bool> TryReceiveExactlyAsync(
        Socket socket,
        Memory<byte> destination,
        CancellationToken cancellationToken)
    {
        while (!destination.IsEmpty)
        {
            var received = await socket.ReceiveAsync(destination, cancellationToken).ConfigureAwait(false);
            if (received == 0)
            {
                return false;
            }

            destination = destination[received..];
        }

        return true;
    }
}
