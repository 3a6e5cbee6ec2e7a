namespace DomainVerification.Dns;

/// <summary>How a query travels.</summary>
public enum DnsTransportKind
{
    /// <summary>In one UDP datagram, clear text.</summary>
    Udp,

    /// <summary>Over a TCP connection, clear text (RFC 7766).</summary>
    Tcp,
}
