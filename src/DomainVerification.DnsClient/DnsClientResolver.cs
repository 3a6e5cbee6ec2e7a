using System.Net;
using DomainVerification.Dns;
using Microsoft.Extensions.Logging;
using Library = global::DnsClient;

namespace DomainVerification.DnsClient;

/// <summary>
/// Looks questions up through DnsClient.NET. The library sends the queries and reads the responses; which server is asked when, the
/// following of aliases and the meaning of responses are those of <see cref="ConfiguredServersResolver"/>, so a look-up ends with the same
/// status over either.
/// </summary>
/// <remarks>
/// <para>
/// Of the client only its servers, its time-out, its number of retries and whether it wants TCP only are used. Its cache is never read or
/// filled, whatever its settings say: a cached absence would hide a proof that was just published.
/// </para>
/// <para>
/// Weaker than <see cref="ConfiguredServersResolver"/> over its own transports, because DnsClient 1.8 does not offer it:
/// </para>
/// <list type="bullet">
/// <item>
/// Query ids come from a predictable generator and the UDP socket is not connected, so responses from other addresses are taken (RFC 5452,
/// sections 9.1 and 9.2). The question is compared here, case ignored; there is no random case in it.
/// </item>
/// <item>A UDP packet with a wrong id ends the try at once; it cannot be ignored, so there is no waiting for the right one.</item>
/// <item>Queries carry no AD bit and no cookies, and extended errors (RFC 8914) are not read.</item>
/// <item>
/// A label that holds a dot cannot be told from two labels, compression pointers may go forwards, and octets after the last record are not
/// noticed. Over TCP, several responses in a row are taken for one.
/// </item>
/// <item>A closed port or connection looks like a time-out. Time-outs run on the system's clock and not on the time provider.</item>
/// <item>
/// Only names of letters, digits, hyphens and underscores can be asked, and of the types that the library reads into fields of its own
/// only A, AAAA, CNAME, MX, NS, SOA and TXT can be handed on. Both end as <see cref="DnsLookupStatus.Malformed"/> with a detail.
/// </item>
/// </list>
/// </remarks>
public sealed class DnsClientResolver : IDnsResolver
{
    private readonly Library.ILookupClient _client;
    private readonly DnsClientTransport _datagrams;
    private readonly DnsClientTransport _streams;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<ConfiguredServersResolver> _logger;

    /// <summary>Makes a resolver over a client of the host.</summary>
    /// <param name="client">The client. It stays the host's own.</param>
    /// <param name="timeProvider">The clock of the deadline.</param>
    /// <param name="logger">Told of every look-up; never of what records hold.</param>
    public DnsClientResolver(Library.ILookupClient client, TimeProvider timeProvider, ILogger<ConfiguredServersResolver> logger)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(logger);
        _client = client;
        _datagrams = new DnsClientTransport(client, DnsTransportKind.Udp, timeProvider);
        _streams = new DnsClientTransport(client, DnsTransportKind.Tcp, timeProvider);
        _timeProvider = timeProvider;
        _logger = logger;
    }

    /// <inheritdoc/>
    public ValueTask<DnsLookup> ResolveAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        // The client finds its servers anew when the network changes, so they are read for every look-up.
        ConfiguredServersResolver resolver = new(ReadOptions(), _datagrams, _streams, _timeProvider, _logger);
        return resolver.ResolveAsync(question, cancellationToken);
    }

    private DnsResolverOptions ReadOptions()
    {
        Library.LookupClientSettings settings = _client.Settings;
        DnsResolverOptions options = new()
        {
            TryTimeout = Within(settings.Timeout),
            TriesPerServer = Math.Clamp(settings.Retries + 1, 1, DnsResolverOptions.MaxTriesPerServer),
            Transport = settings.UseTcpOnly ? DnsTransportMode.TcpOnly : DnsTransportMode.UdpThenTcp,
        };
        foreach (Library.NameServer server in _client.NameServers.Take(DnsResolverOptions.MaxServers))
        {
            options.Servers.Add(new DnsServerEndpoint(IPAddress.Parse(server.Address), server.Port).ToString());
        }

        return options;
    }

    private static TimeSpan Within(TimeSpan timeout)
    {
        if (timeout == Timeout.InfiniteTimeSpan || timeout > DnsResolverOptions.MaxTimeout)
        {
            return DnsResolverOptions.MaxTimeout;
        }

        return timeout < DnsResolverOptions.MinTimeout ? DnsResolverOptions.MinTimeout : timeout;
    }
}
