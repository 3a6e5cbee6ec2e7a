using DomainVerification.Dns;

namespace DomainVerification.Testing;

/// <summary>
/// The DNS as a test knows it: some zones, edited while the code under test asks. A <see cref="LoopbackDnsServer"/> serves it over real
/// sockets, an <see cref="InMemoryDnsResolver"/> without any.
/// </summary>
/// <remarks>
/// <para>
/// It answers a query that wants recursion as a resolver does: aliases are followed through all zones, and a name outside every zone does
/// not exist. A query that wants none is answered as the zones' own server does: a name outside every zone is refused, and an NS record
/// below the apex of a zone is a referral.
/// </para>
/// <para>All members are safe to use from several threads; every query sees each edit wholly or not at all.</para>
/// </remarks>
public sealed class DnsWorld
{
    private readonly Dictionary<DnsName, DnsZone> _zones = [];

    internal Lock Gate { get; } = new();

    /// <summary>The zone of that name, made on the first call with an SOA record and the name server <c>ns1</c> at 127.0.0.1.</summary>
    /// <param name="name">The apex, such as <c>acme.example</c>; <c>.</c> is the root.</param>
    /// <exception cref="FormatException"><paramref name="name"/> is not a DNS name.</exception>
    public DnsZone Zone(string name)
    {
        var apex = DnsName.Parse(name);
        lock (Gate)
        {
            if (_zones.TryGetValue(apex, out var zone))
            {
                return zone;
            }

            return _zones[apex] = new DnsZone(this, apex);
        }
    }

    /// <summary>The zone that holds a name: the deepest one at or above it.</summary>
    /// <param name="name">A full name, such as the record name that a customer is told to publish.</param>
    /// <exception cref="FormatException"><paramref name="name"/> is not a DNS name.</exception>
    /// <exception cref="InvalidOperationException">No zone of this world holds the name.</exception>
    public DnsZone ZoneOf(string name)
    {
        var parsed = DnsName.Parse(name);
        lock (Gate)
        {
            return Deepest(parsed)
                ?? throw new InvalidOperationException($"No zone of this world holds '{name}'. Make one with Zone(\"...\") first.");
        }
    }

    /// <summary>Takes a zone out of the world; later edits of it reach nobody. A zone that is not there is no error.</summary>
    /// <param name="name">The apex.</param>
    public void RemoveZone(string name)
    {
        var apex = DnsName.Parse(name);
        lock (Gate)
        {
            _zones.Remove(apex);
        }
    }

    /// <summary>Makes several edits that every query sees wholly or not at all.</summary>
    /// <param name="edits">Edits zones of this world. Must not wait for a query.</param>
    public void Edit(Action edits)
    {
        ArgumentNullException.ThrowIfNull(edits);
        lock (Gate)
        {
            edits();
        }
    }

    /// <summary>Answers a query without regard to size.</summary>
    /// <param name="query">A query; a message without a question is answered <see cref="DnsResponseCode.FormatError"/>.</param>
    public DnsMessage Answer(DnsMessage query)
    {
        ArgumentNullException.ThrowIfNull(query);
        lock (Gate)
        {
            return ZoneLookup.Answer(this, query);
        }
    }

    internal DnsZone? Deepest(DnsName name)
    {
        for (var at = name; at is not null; at = at.Parent)
        {
            if (_zones.TryGetValue(at, out var zone))
            {
                return zone;
            }
        }

        return null;
    }

    /// <summary>Whether a zone begins at the name or below it, so that the name exists even if the zone above has no record.</summary>
    internal bool HasZoneAtOrBelow(DnsName name) => _zones.Keys.Any(apex => apex.IsSubdomainOf(name));
}
