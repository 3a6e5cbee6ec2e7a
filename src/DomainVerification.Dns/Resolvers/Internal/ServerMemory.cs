using System.Collections.Concurrent;

namespace DomainVerification.Dns;

/// <summary>
/// What look-ups have learnt about servers: their cookies (RFC 7873), and who does not repeat the case of a name. Bounded; whatever is
/// forgotten costs one more exchange.
/// </summary>
internal sealed class ServerMemory(TimeProvider timeProvider)
{
    private const int MaxServers = 4096;

    // A cookie that stays the same for ever tells a server who asks it.
    private static readonly TimeSpan CookieLifetime = TimeSpan.FromHours(1);

    private static readonly TimeSpan StreamTime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<DnsServerEndpoint, ServerTraits> _traits = new();

    public DnsEdns EdnsFor(DnsServerEndpoint server) => Get(server).Edns;

    /// <summary>
    /// Whether the server is to be asked over TCP from the start: without the case of its answers a forger has fewer bits to guess
    /// (draft-vixie-dnsext-dns0x20, section 2).
    /// </summary>
    public bool WantsStream(DnsServerEndpoint server) =>
        _traits.TryGetValue(server, out var traits) && traits.StreamUntil != default && traits.StreamUntil > Now;

    public void NoteBrokenCase(DnsServerEndpoint server) => _traits[server] = Get(server) with { StreamUntil = Now + StreamTime };

    /// <summary>Takes the server's cookie out of a response whose client part was checked.</summary>
    public void Learn(DnsServerEndpoint server, DnsTransportKind transport, DnsMessage response)
    {
        var cookie = DnsCookie.Find(response.Edns)?.Data ?? default;
        if (DnsCookie.HasServerPart(cookie.Span))
        {
            _traits[server] = Get(server).With(cookie);
        }
        else if (transport != DnsTransportKind.Udp)
        {
            // Over TCP nobody can forge, so the server really has no cookie any more.
            _traits[server] = Get(server).WithoutServerPart();
        }
    }

    private DateTimeOffset Now => timeProvider.GetUtcNow();

    private ServerTraits Get(DnsServerEndpoint server)
    {
        var now = Now;
        if (_traits.TryGetValue(server, out var traits) && now - traits.LearntAt < CookieLifetime)
        {
            return traits;
        }

        if (_traits.Count >= MaxServers)
        {
            _traits.Clear();
        }

        return _traits[server] = ServerTraits.New(now) with { StreamUntil = traits?.StreamUntil ?? default };
    }
}
