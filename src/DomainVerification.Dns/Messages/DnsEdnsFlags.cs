using System.Diagnostics.CodeAnalysis;

namespace DomainVerification.Dns;

/// <summary>The flags of EDNS (RFC 6891, section 6.1.4).</summary>
[Flags]
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "The standard's own word for them.")]
public enum DnsEdnsFlags : ushort
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>DO: signatures are wanted with the answer (RFC 3225).</summary>
    DnssecOk = 0x8000,
}
