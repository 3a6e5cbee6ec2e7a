namespace DomainVerification.Dns;

/// <summary>The kind of a query (RFC 1035, section 4.1.1), by its number in the IANA registry.</summary>
public enum DnsOpCode : byte
{
    /// <summary>A question for records.</summary>
    Query = 0,

    /// <summary>The state of a server (RFC 1035).</summary>
    Status = 2,

    /// <summary>A zone has changed (RFC 1996).</summary>
    Notify = 4,

    /// <summary>A change to a zone (RFC 2136).</summary>
    Update = 5,
}
