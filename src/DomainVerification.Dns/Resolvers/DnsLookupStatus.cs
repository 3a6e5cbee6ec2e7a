namespace DomainVerification.Dns;

/// <summary>
/// How a look-up ended. <see cref="Answered"/>, <see cref="NoData"/> and <see cref="NxDomain"/> say what is at the name;
/// <see cref="AliasLoop"/> and <see cref="BadAlias"/> say that what is there is broken; all others say that it could not be found out.
/// </summary>
public enum DnsLookupStatus
{
    /// <summary>There are records: see <see cref="DnsLookup.Records"/>.</summary>
    Answered,

    /// <summary>The name, or the name that it is an alias of, exists but has no records of the type.</summary>
    NoData,

    /// <summary>The name, or the name that it is an alias of, does not exist.</summary>
    NxDomain,

    /// <summary>
    /// Servers were reached but could not answer: SERVFAIL or another error code, or a referral where an answer was asked for. A failed
    /// DNSSEC validation looks like this too.
    /// </summary>
    ServerFailure,

    /// <summary>The servers refuse to answer.</summary>
    Refused,

    /// <summary>No server answered in time.</summary>
    TimedOut,

    /// <summary>No server could be reached.</summary>
    Unreachable,

    /// <summary>What servers answered cannot be read, contradicts itself or is larger than a proof could ever need.</summary>
    Malformed,

    /// <summary>The aliases lead back to a name that was there before.</summary>
    AliasLoop,

    /// <summary>There are more aliases in a row than <see cref="DnsLookup.MaxAliases"/>.</summary>
    AliasChainTooLong,

    /// <summary>
    /// An alias breaks the rules: two at one name, one beside other data, or a redirected name that comes out too long (RFC 2181, section
    /// 10.1; RFC 6672, section 2.2).
    /// </summary>
    BadAlias,

    /// <summary>The servers of the zone contradict each other, and no answer has more than half of them behind it.</summary>
    Disputed,
}
