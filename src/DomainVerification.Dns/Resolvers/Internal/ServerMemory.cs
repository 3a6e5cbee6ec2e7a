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

    private readonly RecentMemory<DnsServerEndpoint, ServerTraits> _traits = new(MaxServers);

    /// <summary>The EDNS part of a query to a server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="now">A timestamp of this moment.</param>
    public DnsEdns EdnsFor(DnsServerEndpoint server, long now) => Get(server, now).Edns;

    /// <summary>
    /// Whether the server is to be asked over TCP from the start: without the case of its answers a forger has fewer bits to guess
    /// (draft-vixie-dnsext-dns0x20, section 2).
    /// </summary>
    public bool WantsStream(DnsServerEndpoint server) =>
        _traits.TryGet(server, out var traits) && traits.StreamUntil != default && traits.StreamUntil > Now;

    public void NoteBrokenCase(DnsServerEndpoint server)
    {
        var traits = Get(server, timeProvider.GetTimestamp());
        _traits.Set(server, traits with { StreamUntil = Now + StreamTime });
    }

    /// <summary>Takes the server's cookie out of a response whose client part was checked.</summary>
    public void Learn(DnsServerEndpoint server, DnsTransportKind transport, DnsMessage response)
    {
        var cookie = DnsCookie.Find(response.Edns)?.Data ?? default;
        var isGiven = DnsCookie.HasServerPart(cookie.Span);

        // Over TCP nobody can forge, so a server that gives none there really has no cookie any more.
        if (isGiven || transport != DnsTransportKind.Udp)
        {
            var traits = Get(server, timeProvider.GetTimestamp());
            var learnt = isGiven ? traits.With(cookie) : traits.WithoutServerPart();
            if (!ReferenceEquals(learnt, traits))
            {
                _traits.Set(server, learnt);
            }
        }
    }

    private DateTimeOffset Now => timeProvider.GetUtcNow();

    private ServerTraits Get(DnsServerEndpoint server, long now)
    {
        if (_traits.TryGet(server, out var traits) && timeProvider.GetElapsedTime(traits.LearntAt, now) < CookieLifetime)
        {
            return traits;
        }

        var fresh = ServerTraits.New(now) with { StreamUntil = traits?.StreamUntil ?? default };
        _traits.Set(server, fresh);
        return fresh;
    }
}
