using System.Net;
using DomainVerification.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace DomainVerification.Dns.Tests;

/// <summary>
/// The servers of a known zone are asked before there is a session. What comes of it is what the whole way brings, which is gone over
/// a transport that makes an exchange of every answer.
/// </summary>
public sealed class FirstPollTests : IAsyncDisposable
{
    private const int AuthorityBit = 0x04;
    private const string OfOne = "one.example";
    private const string OfTwo = "two.example";

    private static readonly IPAddress[] Addresses = [IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3")];

    private readonly LoopbackDnsServer _root;
    private readonly List<(DnsWorld World, LoopbackDnsServer Server)> _servers = [];
    private readonly UdpDnsTransport _datagrams = new(TimeProvider.System);
    private readonly TcpDnsTransport _streams = new(TimeProvider.System);

    public FirstPollTests()
    {
        DnsWorld root = new();
        root.Zone(".")
            .Ns($"{OfOne}.", $"ns1.{OfOne}.").Address($"ns1.{OfOne}.", Addresses[0])
            .Ns($"{OfTwo}.", $"ns1.{OfTwo}.").Address($"ns1.{OfTwo}.", Addresses[1])
            .Ns($"{OfTwo}.", $"ns2.{OfTwo}.").Address($"ns2.{OfTwo}.", Addresses[0]);
        _root = LoopbackDnsServer.Start(root);
        foreach (var address in Addresses)
        {
            DnsWorld world = new();
            world.Zone(OfOne).Txt("_proof", "token").Txt("_warm", "warm");
            world.Zone(OfTwo).Txt("_proof", "token").Txt("_warm", "warm");
            LoopbackDnsServerOptions options = new() { Address = address, Port = _root.Endpoint.Port };
            _servers.Add((world, LoopbackDnsServer.Start(world, options)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _datagrams.Dispose();
        await _streams.DisposeAsync();
        foreach (var (_, server) in _servers)
        {
            await server.DisposeAsync();
        }

        await _root.DisposeAsync();
    }

    private static readonly string[] Replies =
    [
        "lone text", "two records", "no record", "no name", "alias", "truncated", "without authority", "SERVFAIL", "REFUSED",
        "other case", "unreadable first", "stray first",
    ];

    public static TheoryData<string, string> ZonesAndReplies()
    {
        TheoryData<string, string> all = [];
        foreach (var reply in Replies)
        {
            all.Add(OfOne, reply);
            all.Add(OfTwo, reply);
        }

        return all;
    }

    /// <summary>Where the zone has two servers, the second of them always has the token.</summary>
    [EpollTheory]
    [MemberData(nameof(ZonesAndReplies))]
    public async Task Answer_IsThatOfTheWholeWay(string zone, string answer)
    {
        Publish(zone, answer);
        var first = await AskAsync(zone, answer, _datagrams);
        var whole = await AskAsync(zone, answer, new Exchanging(_datagrams));

        Assert.Equal(whole, first);
    }

    [EpollFact]
    public async Task LoneText_IsTheAnswerOfTheZone()
    {
        using AuthoritativeResolver resolver = Resolver(_datagrams);
        await resolver.ResolveAsync(Warming(OfOne), CancellationToken.None);

        var lookup = await resolver.ResolveAsync(Proof(OfOne), CancellationToken.None);

        Assert.Equal((DnsLookupStatus.Answered, DnsAnswerSource.ZoneServers), (lookup.Status, lookup.Source));
        Assert.Equal("token", ((DnsTxtRecord)Assert.Single(lookup.Records)).Text);
        Assert.Equal(DnsName.Parse(OfOne), lookup.Zone);
        var view = Assert.Single(lookup.Servers);
        Assert.Equal((DnsServerStanding.Agrees, $"ns1.{OfOne}"), (view.Standing, view.HostName.ToString()));
        Assert.Same(lookup.Records, view.Records);
        Assert.False(lookup.OnlyText.IsEmpty);
    }

    [EpollTheory]
    [InlineData(OfOne)]
    [InlineData(OfTwo)]
    public async Task WhateverComes_TheTurnAtTheServerIsLeft(string zone)
    {
        using AuthoritativeResolver resolver = Resolver(_datagrams, options => options.MaxInFlightPerServer = 1);
        foreach (var answer in Replies)
        {
            _servers[0].Server.Faults.Clear();
            await resolver.ResolveAsync(Warming(zone), CancellationToken.None);
            Publish(zone, answer);
            Order(zone, answer);
            await resolver.ResolveAsync(Proof(zone), CancellationToken.None);
        }

        _servers[0].Server.Faults.Clear();
        Assert.Equal(DnsLookupStatus.Answered, (await resolver.ResolveAsync(Warming(zone), CancellationToken.None)).Status);
    }

    private static DnsQuestion Warming(string zone) => new(DnsName.Parse($"_warm.{zone}"), DnsRecordType.TXT);

    private static DnsQuestion Proof(string zone) => new(DnsName.Parse($"_proof.{zone}"), DnsRecordType.TXT);

    private async Task<string> AskAsync(string zone, string answer, IDnsTransport transport)
    {
        _servers[0].Server.Faults.Clear();
        using AuthoritativeResolver resolver = Resolver(transport);
        await resolver.ResolveAsync(Warming(zone), CancellationToken.None);
        Order(zone, answer);
        _servers.ForEach(one => one.Server.ClearQueries());
        var lookup = await resolver.ResolveAsync(Proof(zone), CancellationToken.None);
        var asked = _servers.SelectMany((one, index) =>
            one.Server.Queries.Select(query => $"{index} {query.Transport} {query.Name.ToLowerInvariant()} {query.Type}"));
        return string.Join('\n', asked.Prepend(Show(lookup)));
    }

    private void Publish(string name, string answer)
    {
        var zone = _servers[0].World.Zone(name).Remove("_proof").Remove("other").Txt("other", "token");
        _ = answer switch
        {
            "two records" => zone.Txt("_proof", "token").Txt("_proof", "other"),
            "no record" => zone.Address("_proof", IPAddress.Loopback),
            "no name" => zone,
            "alias" => zone.Cname("_proof", "other"),
            _ => zone.Txt("_proof", "token"),
        };
    }

    private void Order(string zone, string answer)
    {
        var fault = answer switch
        {
            "truncated" => DnsFault.Truncate(),
            "without authority" => DnsFault.OfOctets(octets => [.. octets[..2], (byte)(octets[2] & ~AuthorityBit), .. octets[3..]]),
            "SERVFAIL" => DnsFault.ServFail(),
            "REFUSED" => DnsFault.Refused(),
            "other case" => DnsFault.WrongCase().Over(LoopbackTransport.Udp),
            "unreadable first" => DnsFault.Malformed().ThenAnswer().Once(),
            "stray first" => DnsFault.WrongId().ThenAnswer().Once(),
            _ => null,
        };
        if (fault is not null)
        {
            _servers[0].Server.Faults.Add(fault.For($"_proof.{zone}"));
        }
    }

    private AuthoritativeResolver Resolver(IDnsTransport datagrams, Action<DnsResolverOptions>? configure = null)
    {
        DnsResolverOptions options = new()
        {
            RootHints = [_root.Endpoint.ToString()],
            FailureRetention = TimeSpan.Zero,
        };
        configure?.Invoke(options);
        return new AuthoritativeResolver(
            options,
            new InMemoryDnsResolver(new DnsWorld()),
            datagrams,
            _streams,
            TimeProvider.System,
            NullLogger<AuthoritativeResolver>.Instance);
    }

    private static string Show(DnsLookup lookup)
    {
        var records = lookup.Records.Select(record => $"{record} {(record as DnsTxtRecord)?.Text}");
        var attempts = lookup.Attempts.Select(attempt =>
            $"{attempt.Server} {attempt.Transport} {attempt.Question} {attempt.Outcome} {attempt.ResponseCode} {attempt.IgnoredPackets} {attempt.Detail}");
        var views = lookup.Servers.Select(view =>
            $"{view.Server} {view.HostName} {view.Standing} {view.Status} {view.Records.Count} {view.Serial} {view.Detail}");
        return string.Join(
            '\n',
            [
                $"{lookup.Question} {lookup.Status} {lookup.Detail} {lookup.Source} {lookup.Zone} {lookup.CanonicalName}",
                $"{lookup.AuthenticData} {lookup.NegativeTtl} {lookup.RetryAfter} {lookup.IsRemembered}",
                .. records,
                .. lookup.Aliases.Select(alias => alias.ToString()),
                .. attempts.Order(StringComparer.Ordinal),
                .. views,
            ]);
    }

    private sealed class Exchanging(IDnsTransport transport) : IDnsTransport
    {
        public DnsTransportKind Kind => transport.Kind;

        public ValueTask<DnsExchange> ExchangeAsync(
            DnsServerEndpoint server,
            DnsQuery query,
            TimeSpan timeout,
            CancellationToken cancellationToken) => transport.ExchangeAsync(server, query, timeout, cancellationToken);
    }
}
