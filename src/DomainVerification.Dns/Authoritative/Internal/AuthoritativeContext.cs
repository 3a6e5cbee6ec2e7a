namespace DomainVerification.Dns;

/// <summary>What all look-ups of one resolver share.</summary>
/// <param name="Plan">Over what and how long servers are asked.</param>
/// <param name="Roots">Where the name space begins.</param>
/// <param name="Cuts">The zones that are known.</param>
/// <param name="Hosts">The addresses of their servers that are known.</param>
internal sealed record AuthoritativeContext(LookupPlan Plan, RootHints Roots, ZoneCuts Cuts, NameServerAddresses Hosts)
{
    /// <summary>Where a server of an address listens; null where the address is none that a public name server can have.</summary>
    public DnsServerEndpoint? EndpointOf(System.Net.IPAddress address) =>
        Roots.IsPrivate || !SpecialPurposeAddresses.Contains(address) ? new DnsServerEndpoint(address, Roots.Port) : null;
}
