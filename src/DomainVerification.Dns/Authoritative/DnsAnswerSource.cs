namespace DomainVerification.Dns;

/// <summary>Whose word an answer is.</summary>
public enum DnsAnswerSource
{
    /// <summary>That of recursive servers, which may answer from memory.</summary>
    Resolvers,

    /// <summary>That of the zone's own servers, each asked by itself.</summary>
    ZoneServers,

    /// <summary>
    /// That of recursive servers, because no server of the name space could be reached from here: most likely outgoing DNS is blocked.
    /// </summary>
    ResolversInstead,
}
