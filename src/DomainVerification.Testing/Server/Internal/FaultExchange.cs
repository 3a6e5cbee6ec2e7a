using DomainVerification.Dns;

namespace DomainVerification.Testing;

/// <summary>A query and the right answer to it, for a fault to spoil.</summary>
internal sealed record FaultExchange(DnsMessage Query, DnsMessage Answer, LoopbackTransport Transport)
{
    /// <summary>The size of answers to queries without EDNS (RFC 1035, section 2.3.4), and the least that EDNS can ask for.</summary>
    private const int LeastUdpPayload = 512;

    /// <summary>The octets of an answer, cut with the TC flag where the transport does not carry it (RFC 2181, section 9).</summary>
    public byte[] Encode(DnsMessage message)
    {
        var limit = Transport == LoopbackTransport.Tcp
            ? DnsMessageWriter.MaxMessageLength
            : Math.Max(LeastUdpPayload, (int)(Query.Edns?.UdpPayloadSize ?? 0));
        var buffer = new byte[limit];
        return DnsMessageWriter.TryWrite(message, buffer, out var written)
            ? buffer[..written]
            : DnsMessageWriter.Write(message.Truncated());
    }
}
