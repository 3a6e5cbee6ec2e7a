using System.Diagnostics.CodeAnalysis;

namespace DomainVerification.Dns;

/// <summary>The class of a record or of a question (RFC 1035, section 3.2.4).</summary>
[SuppressMessage("Design", "CA1008:Enums should have zero value", Justification = "The registry reserves 0.")]
public enum DnsRecordClass : ushort
{
    /// <summary>The Internet.</summary>
    Internet = 1,

    /// <summary>Chaos, by which servers tell about themselves.</summary>
    Chaos = 3,

    /// <summary>No class; only in updates (RFC 2136).</summary>
    None = 254,

    /// <summary>Any class; only in questions.</summary>
    Any = 255,
}
