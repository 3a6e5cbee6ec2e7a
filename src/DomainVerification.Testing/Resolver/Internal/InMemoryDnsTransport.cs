using System.Buffers.Binary;
using System.Net;
using System.Text;
using DomainVerification.Dns;

namespace DomainVerification.Testing;

/// <summary>Hands queries to a server's handler and judges what it would send as the socket transports judge what they receive.</summary>
internal sealed class InMemoryDnsTransport(DnsTransportKind kind, QueryHandler handler, DnsFaults faults, TimeProvider timeProvider)
    : IDnsTransport
{
    private const ushort Id = 1;
    private const int HeaderLength = 12;
    private const int TypeAndClassLength = 4;
    private const byte ResponseAndOpCode = 0xF8;
    private const byte Response = 0x80;
    private const byte TruncatedBit = 0x02;
    private const byte CodeMask = 0x0F;
    private const string Closed = "connection_closed";

    /// <summary>What the client's UDP socket takes of a datagram.</summary>
    private const int UdpReceiveLength = 4096;

    private static readonly IPEndPoint _client = new(IPAddress.Loopback, 0);

    public DnsTransportKind Kind => kind;

    private LoopbackTransport Transport => kind == DnsTransportKind.Udp ? LoopbackTransport.Udp : LoopbackTransport.Tcp;

    public async ValueTask<DnsExchange> ExchangeAsync(
        DnsServerEndpoint server,
        DnsQuery query,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var started = timeProvider.GetTimestamp();
        var exchange = await TryAsync(query, timeout, cancellationToken).ConfigureAwait(false);
        if (exchange.Detail == Closed)
        {
            // As over sockets: what a closed connection leaves unanswered is asked once more on a fresh one.
            exchange = await TryAsync(query, timeout, cancellationToken).ConfigureAwait(false);
        }

        return exchange with { Elapsed = timeProvider.GetElapsedTime(started) };
    }

    private async Task<DnsExchange> TryAsync(DnsQuery query, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (kind == DnsTransportKind.Tcp && faults.TakeRefusal())
        {
            return Unreachable("connection_refused");
        }

        var asked = DnsMessageWriter.Write(DnsMessage.CreateQuery(Id, query.Question, query.Edns, query.Flags));
        var sends = await HandleAsync(asked, timeout, cancellationToken).ConfigureAwait(false);
        var question = asked.AsMemory(HeaderLength, query.Question.Name.WireForm.Length + TypeAndClassLength);
        return Judge(sends, question);
    }

    private async Task<IEnumerable<ServerSend>> HandleAsync(byte[] query, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var handling = handler.HandleAsync(query, Transport, _client, giveUp.Token);
        try
        {
            return await handling.WaitAsync(timeout, timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException error) when (handling.Exception?.InnerException != error)
        {
            // The time is up, also where the answer has come since.
            await giveUp.CancelAsync().ConfigureAwait(false);
            return [];
        }
    }

    private DnsExchange Judge(IEnumerable<ServerSend> sends, ReadOnlyMemory<byte> question)
    {
        var ignored = 0;
        string? unreadable = null;
        foreach (var send in sends.Where(send => send.Manner != SendManner.FromOtherPort))
        {
            if (send.Manner is SendManner.Close or SendManner.HalfThenClose)
            {
                return Unreachable(Closed);
            }

            if (JudgeOne(send.Octets, question.Span, ref unreadable) is { } exchange)
            {
                return exchange with { IgnoredPackets = ignored };
            }

            ignored++;
        }

        return unreadable is null
            ? Ended(DnsExchangeOutcome.TimedOut) with { IgnoredPackets = ignored }
            : Malformed(unreadable) with { IgnoredPackets = ignored };
    }

    /// <summary>What an answer ends the exchange with; null where a client goes on waiting.</summary>
    private DnsExchange? JudgeOne(ReadOnlySpan<byte> octets, ReadOnlySpan<byte> question, ref string? unreadable)
    {
        if (kind == DnsTransportKind.Udp && octets.Length > UdpReceiveLength)
        {
            octets = octets[..UdpReceiveLength];
        }

        if (octets.Length < HeaderLength || BinaryPrimitives.ReadUInt16BigEndian(octets) != Id)
        {
            return null;
        }

        if ((octets[2] & ResponseAndOpCode) != Response)
        {
            return null;
        }

        if (!IsBareError(octets))
        {
            if (!Repeats(octets, question))
            {
                return null;
            }

            if (kind == DnsTransportKind.Udp && !octets.Slice(HeaderLength, question.Length).SequenceEqual(question))
            {
                return Ended(DnsExchangeOutcome.CaseMismatched);
            }

            if ((octets[2] & TruncatedBit) != 0)
            {
                return kind == DnsTransportKind.Udp ? Ended(DnsExchangeOutcome.Truncated) : Malformed("truncated_over_tcp");
            }
        }

        if (DnsMessageReader.TryRead(octets, out var answer, out var error))
        {
            return Ended(DnsExchangeOutcome.Answered) with { Response = answer };
        }

        // Over UDP the right answer may still follow.
        unreadable = error.Code;
        return kind == DnsTransportKind.Udp ? null : Malformed(error.Code);
    }

    private static bool IsBareError(ReadOnlySpan<byte> octets) =>
        octets[4..8].IndexOfAnyExcept((byte)0) < 0
        && (DnsResponseCode)(octets[3] & CodeMask) is DnsResponseCode.FormatError or DnsResponseCode.NotImplemented;

    private static bool Repeats(ReadOnlySpan<byte> octets, ReadOnlySpan<byte> question)
    {
        if (BinaryPrimitives.ReadUInt16BigEndian(octets[4..]) != 1 || octets.Length < HeaderLength + question.Length)
        {
            return false;
        }

        var name = ..^TypeAndClassLength;
        var repeated = octets.Slice(HeaderLength, question.Length);
        return repeated[^TypeAndClassLength..].SequenceEqual(question[^TypeAndClassLength..])
            && (repeated.SequenceEqual(question) || Ascii.EqualsIgnoreCase(repeated[name], question[name]));
    }

    private static DnsExchange Malformed(string detail) => Ended(DnsExchangeOutcome.Malformed) with { Detail = detail };

    private static DnsExchange Unreachable(string detail) => Ended(DnsExchangeOutcome.Unreachable) with { Detail = detail };

    private static DnsExchange Ended(DnsExchangeOutcome outcome) => new(outcome, TimeSpan.Zero);
}
