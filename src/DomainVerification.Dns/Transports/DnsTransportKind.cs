namespace DomainVerification.Dns;

/// <summary>How a query travels.</summary>
public enum DnsTransportKind
{
    /// <summary>In one UDP datagram, clear text.</summary>
    Udp,

    /// <summary>Over a TCP connection, clear text (RFC 7766).</summary>
    Tcp,

    /// <summary>Over a TLS connection (RFC 7858).</summary>
    Tls,

    /// <summary>In an HTTPS request (RFC 8484).</summary>
    Https,
}
