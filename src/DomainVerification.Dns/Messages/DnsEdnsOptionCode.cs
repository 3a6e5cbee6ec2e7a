using System.Diagnostics.CodeAnalysis;

namespace DomainVerification.Dns;

/// <summary>The kind of an EDNS option, by its number in the IANA registry; numbers without a name here are valid too.</summary>
[SuppressMessage("Design", "CA1008:Enums should have zero value", Justification = "The registry reserves 0.")]
public enum DnsEdnsOptionCode : ushort
{
    /// <summary>The server's identity (RFC 5001).</summary>
    ServerIdentifier = 3,

    /// <summary>The network of the client (RFC 7871).</summary>
    ClientSubnet = 8,

    /// <summary>A cookie (RFC 7873).</summary>
    Cookie = 10,

    /// <summary>How long a TCP connection may idle (RFC 7828).</summary>
    TcpKeepalive = 11,

    /// <summary>Padding (RFC 7830).</summary>
    Padding = 12,

    /// <summary>More about the reason of a failure (RFC 8914).</summary>
    ExtendedError = 15,
}
