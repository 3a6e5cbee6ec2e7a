namespace DomainVerification.Dns;

/// <summary>Whether a server says that it validated an answer (the AD bit, RFC 4035, section 3.2.3).</summary>
public enum DnsAuthenticData
{
    /// <summary>The server says nothing of the kind.</summary>
    NotClaimed,

    /// <summary>The server says so. Nothing was validated here.</summary>
    ClaimedByServer,
}
