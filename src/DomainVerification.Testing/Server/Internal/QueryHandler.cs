using System.Net;
using DomainVerification.Dns;

namespace DomainVerification.Testing;

/// <summary>Turns the octets of a query into what is to be sent for it, faults included.</summary>
internal sealed class QueryHandler(DnsWorld world, DnsFaults faults, ReceivedLog<ReceivedQuery> log, TimeProvider timeProvider)
{
    private const int HeaderLength = 12;
    private const byte ResponseBit = 0x80;

    public async Task<IEnumerable<ServerSend>> HandleAsync(
        ReadOnlyMemory<byte> octets,
        LoopbackTransport transport,
        IPEndPoint from,
        CancellationToken cancellationToken)
    {
        if (octets.Length < HeaderLength || (octets.Span[2] & ResponseBit) != 0)
        {
            return [];
        }

        if (!DnsMessageReader.TryRead(octets.Span, out var query, out _) || query.Question is not { } question)
        {
            return [new ServerSend(Unreadable(octets.Span), SendManner.Normal)];
        }

        log.Add(new ReceivedQuery(question.Name.ToString(), question.Type, transport, timeProvider.GetUtcNow(), from, query));
        var fault = faults.Take(query, transport);
        if (fault?.Wait is { } wait)
        {
            await wait(cancellationToken).ConfigureAwait(false);
        }

        // Looked up after the wait: the answer tells what the world is when it goes out.
        var exchange = new FaultExchange(query, world.Answer(query), transport);
        return fault is null ? [new ServerSend(exchange.Encode(exchange.Answer), SendManner.Normal)] : fault.Sends(exchange);
    }

    private static byte[] Unreadable(ReadOnlySpan<byte> octets) => DnsMessageWriter.Write(new DnsMessage
    {
        Id = (ushort)((octets[0] << 8) | octets[1]),
        Flags = DnsHeaderFlags.Response,
        ResponseCode = DnsResponseCode.FormatError,
    });
}
