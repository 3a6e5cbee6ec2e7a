namespace DomainVerification.Dns;

/// <summary>
/// What a server says of a query, by its number in the IANA registry; codes from 16 on need EDNS (RFC 6891, section 6.1.3).
/// </summary>
public enum DnsResponseCode : ushort
{
    /// <summary>No error. The answer may still be empty.</summary>
    NoError = 0,

    /// <summary>The server could not read the query (RFC 1035).</summary>
    FormatError = 1,

    /// <summary>The server could not find out, or could not validate what it found (RFC 1035).</summary>
    ServerFailure = 2,

    /// <summary>The name does not exist, nor anything below it (RFC 1035, RFC 8020).</summary>
    NxDomain = 3,

    /// <summary>The server does not know this kind of query (RFC 1035).</summary>
    NotImplemented = 4,

    /// <summary>The server will not answer, by its policy (RFC 1035).</summary>
    Refused = 5,

    /// <summary>A name exists that should not (RFC 2136).</summary>
    YxDomain = 6,

    /// <summary>A record set exists that should not (RFC 2136).</summary>
    YxRrSet = 7,

    /// <summary>A record set that should exist does not (RFC 2136).</summary>
    NxRrSet = 8,

    /// <summary>The server is not authoritative, or the request not authorised (RFC 2136, RFC 8945).</summary>
    NotAuthoritative = 9,

    /// <summary>The name is outside the zone (RFC 2136).</summary>
    NotZone = 10,

    /// <summary>The server does not speak this version of EDNS (RFC 6891).</summary>
    BadVersion = 16,

    /// <summary>The server wants the query again with a cookie of its own (RFC 7873).</summary>
    BadCookie = 23,
}
