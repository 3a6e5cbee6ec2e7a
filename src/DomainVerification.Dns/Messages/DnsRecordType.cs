using System.Diagnostics.CodeAnalysis;

namespace DomainVerification.Dns;

/// <summary>The type of a record or of a question, by its number in the IANA registry; numbers without a name here are valid too.</summary>
[SuppressMessage("Design", "CA1008:Enums should have zero value", Justification = "The registry reserves 0.")]
[SuppressMessage("Naming", "CA1720:Identifiers should not contain type names", Justification = "PTR is the registry's own word.")]
public enum DnsRecordType : ushort
{
    /// <summary>An IPv4 address (RFC 1035).</summary>
    A = 1,

    /// <summary>A name server of the zone (RFC 1035).</summary>
    NS = 2,

    /// <summary>The canonical name of an alias (RFC 1035).</summary>
    CNAME = 5,

    /// <summary>The start of a zone of authority (RFC 1035).</summary>
    SOA = 6,

    /// <summary>A name for an address (RFC 1035).</summary>
    PTR = 12,

    /// <summary>A mail exchange (RFC 1035).</summary>
    MX = 15,

    /// <summary>Text strings (RFC 1035).</summary>
    TXT = 16,

    /// <summary>An IPv6 address (RFC 3596).</summary>
    AAAA = 28,

    /// <summary>The location of a service (RFC 2782).</summary>
    SRV = 33,

    /// <summary>The redirection of a whole subtree (RFC 6672).</summary>
    DNAME = 39,

    /// <summary>The EDNS pseudo record (RFC 6891); never data.</summary>
    OPT = 41,

    /// <summary>A delegation signer (RFC 4034).</summary>
    DS = 43,

    /// <summary>A signature (RFC 4034).</summary>
    RRSIG = 46,

    /// <summary>A proof that a name or type does not exist (RFC 4034).</summary>
    NSEC = 47,

    /// <summary>A zone's public key (RFC 4034).</summary>
    DNSKEY = 48,

    /// <summary>A hashed proof that a name or type does not exist (RFC 5155).</summary>
    NSEC3 = 50,

    /// <summary>The parameters of a zone's NSEC3 records (RFC 5155).</summary>
    NSEC3PARAM = 51,

    /// <summary>A binding of a service (RFC 9460).</summary>
    SVCB = 64,

    /// <summary>A binding of an HTTPS service (RFC 9460).</summary>
    HTTPS = 65,

    /// <summary>A transaction signature (RFC 8945); never data.</summary>
    TSIG = 250,

    /// <summary>A whole zone; only in questions (RFC 5936).</summary>
    AXFR = 252,

    /// <summary>All types; only in questions (RFC 8482).</summary>
    ANY = 255,

    /// <summary>Which authorities may issue certificates (RFC 8659).</summary>
    CAA = 257,
}
