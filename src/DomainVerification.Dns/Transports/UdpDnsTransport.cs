using System.Buffers;
using System.Net.Sockets;

namespace DomainVerification.Dns;

/// <summary>
/// DNS over UDP, made hard to spoof (RFC 5452, section 9): every query has a socket of its own, connected, so that the kernel takes packets
/// only from the server that was asked, on a port that the kernel chose at random; a random id; and random upper and lower case in its
/// name, which the response must repeat exactly. A cookie that the query carries must come back too (RFC 7873).
/// </summary>
/// <remarks>
/// Packets that are no response to the query are ignored and counted, and the waiting goes on, so that a stray or forged packet cannot end
/// a query. More than <see cref="MaxIgnoredPackets"/> of them end it as <see cref="DnsExchangeOutcome.Mismatched"/>: ask over TCP then, and
/// after <see cref="DnsExchangeOutcome.Truncated"/>, <see cref="DnsExchangeOutcome.CaseMismatched"/> and
/// <see cref="DnsExchangeOutcome.CookieMissing"/> too.
/// </remarks>
/// <param name="timeProvider">The clock of the timeouts.</param>
public sealed class UdpDnsTransport(TimeProvider timeProvider) : IDnsTransport
{
    /// <summary>How many packets are ignored before a query is given up.</summary>
    public const int MaxIgnoredPackets = 8;

    // More than the payload size that queries announce, so that a server that sends too much is still heard.
    private const int ReceiveBufferLength = 4096;

    /// <inheritdoc/>
    public DnsTransportKind Kind => DnsTransportKind.Udp;

    /// <inheritdoc/>
    public async ValueTask<DnsExchange> ExchangeAsync(
        DnsServerEndpoint server,
        DnsQuery query,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(query);
        server.Require(DnsServerProtocol.Clear);
        using ExchangeTimer timer = new(timeout, timeProvider, cancellationToken);
        using OutgoingQuery outgoing = new(query, DnsTransportKind.Udp);
        var buffer = ArrayPool<byte>.Shared.Rent(ReceiveBufferLength);
        IgnoredPackets ignored = new();
        try
        {
            using Socket socket = new(server.Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);

            // For a datagram socket this only sets the filter and picks the port: nothing is sent and nothing can block.
            socket.Connect(server.SocketAddress);
            await socket.SendAsync(outgoing.Message, timer.Token).ConfigureAwait(false);
            var exchange = await ReceiveAsync(socket, buffer, outgoing, ignored, timer).ConfigureAwait(false);
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
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async ValueTask<DnsExchange> ReceiveAsync(
        Socket socket,
        byte[] buffer,
        OutgoingQuery outgoing,
        IgnoredPackets ignored,
        ExchangeTimer timer)
    {
        while (ignored.Count <= MaxIgnoredPackets)
        {
            var length = await socket.ReceiveAsync(buffer, timer.Token).ConfigureAwait(false);
            var verdict = outgoing.Judge(buffer.AsSpan(0, length), out var response, out var error);
            switch (verdict)
            {
                case PacketVerdict.Accepted:
                    return timer.End(DnsExchangeOutcome.Answered) with { Response = response };

                case PacketVerdict.Truncated:
                    return timer.End(DnsExchangeOutcome.Truncated);

                case PacketVerdict.CaseMismatch:
                    return timer.End(DnsExchangeOutcome.CaseMismatched);

                case PacketVerdict.CookieMissing:
                    return timer.End(DnsExchangeOutcome.CookieMissing);

                case PacketVerdict.Malformed:
                    ignored.AddMalformed(error);
                    break;

                default:
                    ignored.AddForeign();
                    break;
            }
        }

        return timer.End(DnsExchangeOutcome.Mismatched);
    }
}
