namespace DomainVerification.Dns;

/// <summary>
/// The addresses of name servers that had to be looked up, kept as long as zone cuts are: many zones have the same servers.
/// </summary>
internal sealed class NameServerAddresses(TimeProvider timeProvider)
{
    private const int MaxHosts = 10_000;

    private readonly RecentMemory<DnsName, Entry> _hosts = new(MaxHosts);

    public IReadOnlyList<ZoneServer>? Find(DnsName host) =>
        _hosts.TryGet(host, out var entry) && timeProvider.GetElapsedTime(entry.Since) < ZoneCuts.Longest ? entry.Servers : null;

    public void Keep(DnsName host, IReadOnlyList<ZoneServer> servers) =>
        _hosts.Set(host, new Entry(servers, timeProvider.GetTimestamp()));

    private sealed record Entry(IReadOnlyList<ZoneServer> Servers, long Since);
}
