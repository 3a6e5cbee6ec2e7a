namespace DomainVerification.Dns;

/// <summary>Whose word look-ups take.</summary>
public enum DnsLookupMode
{
    /// <summary>
    /// That of the zone's own servers, found by a walk from the root (<see cref="AuthoritativeResolver"/>); that of the recursive servers
    /// only where outgoing DNS is blocked.
    /// </summary>
    Authoritative,

    /// <summary>That of recursive servers (<see cref="ConfiguredServersResolver"/>).</summary>
    Resolvers,
}
