namespace DomainVerification.Dns;

/// <summary>What became of one query sent to one server.</summary>
public enum DnsExchangeOutcome
{
    /// <summary>A whole response to the very question came; its response code may still be an error.</summary>
    Answered,

    /// <summary>A response came that was cut to fit a datagram; nothing of it is used (RFC 2181, section 9).</summary>
    Truncated,

    /// <summary>No response came in time.</summary>
    TimedOut,

    /// <summary>The server cannot be reached, refuses the connection, or closed it before answering.</summary>
    Unreachable,

    /// <summary>The server's response cannot be read, or breaks the protocol.</summary>
    Malformed,

    /// <summary>Too many packets came that were no response to the query: somebody may be guessing.</summary>
    Mismatched,

    /// <summary>
    /// A response came that repeats the question in other upper and lower case than it was asked in: a guess, or an old server.
    /// </summary>
    CaseMismatched,

    /// <summary>
    /// A response came without a cookie, though the query carried one that the server itself gave (RFC 7873, section 5.3): a guess, or a
    /// server that stopped to use cookies.
    /// </summary>
    CookieMissing,
}
