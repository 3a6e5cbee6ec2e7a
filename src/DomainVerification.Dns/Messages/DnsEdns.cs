namespace DomainVerification.Dns;

/// <summary>The EDNS part of a message, carried by its OPT pseudo record (RFC 6891).</summary>
public sealed class DnsEdns
{
    /// <summary>The payload size that this client announces: large enough for most answers, small enough never to be fragmented.</summary>
    /// <value>1232 octets (DNS flag day 2020; below the 1400 of RFC 9715, section 3.2).</value>
    public const ushort DefaultUdpPayloadSize = 1232;

    /// <summary>The largest UDP message that the sender can take, in octets.</summary>
    public ushort UdpPayloadSize { get; init; } = DefaultUdpPayloadSize;

    /// <summary>The version of EDNS; 0 is the only one there is.</summary>
    public byte Version { get; init; }

    /// <summary>The flags.</summary>
    public DnsEdnsFlags Flags { get; init; }

    /// <summary>The options, in their order on the wire.</summary>
    public IReadOnlyList<DnsEdnsOption> Options { get; init; } = [];
}
