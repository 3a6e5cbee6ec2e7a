using System.Diagnostics.CodeAnalysis;

namespace DomainVerification.Dns;

/// <summary>The one-bit fields of a message header, at their places in its second 16-bit word (RFC 1035, section 4.1.1).</summary>
[Flags]
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "The header's own word for them.")]
public enum DnsHeaderFlags : ushort
{
    /// <summary>No flag: a query that asks an authoritative server.</summary>
    None = 0,

    /// <summary>CD: data that does not validate is wanted too (RFC 4035).</summary>
    CheckingDisabled = 0x0010,

    /// <summary>AD: the server says that it validated the answer (RFC 4035). Worth as much as the way to that server.</summary>
    AuthenticData = 0x0020,

    /// <summary>RA: the server offers recursion.</summary>
    RecursionAvailable = 0x0080,

    /// <summary>RD: recursion is wanted.</summary>
    RecursionDesired = 0x0100,

    /// <summary>TC: the message was cut; ask again over TCP (RFC 2181, section 9).</summary>
    Truncated = 0x0200,

    /// <summary>AA: the server is authoritative for the name.</summary>
    AuthoritativeAnswer = 0x0400,

    /// <summary>QR: a response, not a query.</summary>
    Response = 0x8000,
}
