namespace DomainVerification.Dns;

/// <summary>What a server is spoken with.</summary>
public enum DnsServerProtocol
{
    /// <summary>UDP and TCP, in clear text (RFC 1035).</summary>
    Clear,

    /// <summary>TLS (RFC 7858), in the strict profile of RFC 8310: with the server whose name the certificate proves, or not at all.</summary>
    Tls,

    /// <summary>HTTPS (RFC 8484), over HTTP/2, with the server whose name the certificate proves, or not at all.</summary>
    Https,
}
