namespace DomainVerification.Dns;

/// <summary>What one server of a zone is to the answer that was found.</summary>
public enum DnsServerStanding
{
    /// <summary>It says what the answer says.</summary>
    Agrees,

    /// <summary>It says something else than the answer, of the same version of the zone as far as can be seen.</summary>
    Differs,

    /// <summary>It says something else, of an older version of the zone: its serial is behind (RFC 1982). It has no say.</summary>
    Lags,

    /// <summary>It is named as a server of the zone but does not answer for it with authority (RFC 9499, "lame delegation").</summary>
    Lame,

    /// <summary>It refuses to answer.</summary>
    Refused,

    /// <summary>It answers with an error such as SERVFAIL, or what it answers cannot be read.</summary>
    Failed,

    /// <summary>It did not answer in time.</summary>
    TimedOut,

    /// <summary>It cannot be reached, or there is no way to its kind of address from here.</summary>
    Unreachable,

    /// <summary>It was asked, but the others had decided before it answered.</summary>
    NotAwaited,
}
