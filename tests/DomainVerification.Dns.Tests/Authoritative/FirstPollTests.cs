using System.Net;
using DomainVerification.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace DomainVerification.Dns.Tests;

/// <summary>
/// The only server of a known zone is asked before there is a session. What comes of it is what the whole way brings, which is gone over
/// a transport that makes an exchange of every answer.
/// </summary>
public sealed class FirstPollTests : IAsyncDisposable
{
    private const int AuthorityBit = 0x04;
    private const string Name = "_proof.acme.example";

    private static readonly DnsQuestion Warming = new(DnsName.Parse("_warm.acme.example"), DnsRecordType.TXT);
    private static readonly DnsQuestion Question = new(DnsName.Parse(Name), DnsRecordType.TXT);

    private static readonly IPAddress ZoneAddress = IPAddress.Parse("127.0.0.2");

    private readonly DnsWorld _world = new();
    private readonly LoopbackDnsServer _root;
    private readonly LoopbackDnsServer _server;
    private readonly UdpDnsTransport _datagrams = new(TimeProvider.System);
    private readonly TcpDnsTransport _streams = new(TimeProvider.System);

    public FirstPollTests()
    {
        DnsWorld root = new();
        root.Zone(".").Ns("acme.example.", "ns1.acme.example.").Address("ns1.acme.example.", ZoneAddress);
        _root = LoopbackDnsServer.Start(root);
        _world.Zone("acme.example").Txt("_proof", "token").Txt("_warm", "warm");
        _server = LoopbackDnsServer.Start(_world, new LoopbackDnsServerOptions { Address = ZoneAddress, Port = _root.Endpoint.Port });
    }

    public async ValueTask DisposeAsync()
    {
        _datagrams.Dispose();
        await _streams.DisposeAsync();
        await _server.DisposeAsync();
        await _root.DisposeAsync();
    }

    public static TheoryData<string> Replies() =>
    [
        "lone text", "two records", "no record", "no name", "alias", "truncated", "without authority", "SERVFAIL", "REFUSED",
        "other case", "unreadable first", "stray first",
    ];

    [EpollTheory]
    [MemberData(nameof(Replies))]
    public async Task Answer_IsThatOfTheWholeWay(string answer)
    {
        Publish(answer);
        var first = await AskAsync(answer, _datagrams);
        var whole = await AskAsync(answer, new Exchanging(_datagrams));

        Assert.Equal(whole, first);
    }

    [EpollFact]
    public async Task LoneText_IsTheAnswerOfTheZone()
    {
        using AuthoritativeResolver resolver = Resolver(_datagrams);
        await resolver.ResolveAsync(Warming, CancellationToken.None);

        var lookup = await resolver.ResolveAsync(Question, CancellationToken.None);

        Assert.Equal((DnsLookupStatus.Answered, DnsAnswerSource.ZoneServers), (lookup.Status, lookup.Source));
        Assert.Equal("token", ((DnsTxtRecord)Assert.Single(lookup.Records)).Text);
        Assert.Equal(DnsName.Parse("acme.example"), lookup.Zone);
        var view = Assert.Single(lookup.Servers);
        Assert.Equal((DnsServerStanding.Agrees, "ns1.acme.example"), (view.Standing, view.HostName.ToString()));
        Assert.Same(lookup.Records, view.Records);
        Assert.False(lookup.OnlyText.IsEmpty);
    }

    [EpollFact]
    public async Task WhateverComes_TheTurnAtTheServerIsLeft()
    {
        using AuthoritativeResolver resolver = Resolver(_datagrams, options => options.MaxInFlightPerServer = 1);
        foreach (string answer in Replies())
        {
            _server.Faults.Clear();
            await resolver.ResolveAsync(Warming, CancellationToken.None);
            Publish(answer);
            Order(answer);
            await resolver.ResolveAsync(Question, CancellationToken.None);
        }

        _server.Faults.Clear();
        Assert.Equal(DnsLookupStatus.Answered, (await resolver.ResolveAsync(Warming, CancellationToken.None)).Status);
    }

    private async Task<string> AskAsync(string answer, IDnsTransport transport)
    {
        _server.Faults.Clear();
        using AuthoritativeResolver resolver = Resolver(transport);
        await resolver.ResolveAsync(Warming, CancellationToken.None);
        Order(answer);
        _server.ClearQueries();
        var lookup = await resolver.ResolveAsync(Question, CancellationToken.None);
        var asked = _server.Queries.Select(query => $"{query.Transport} {query.Name.ToLowerInvariant()} {query.Type}");
        return string.Join('\n', asked.Prepend(Show(lookup)));
    }

    private void Publish(string answer)
    {
        var zone = _world.Zone("acme.example").Remove("_proof").Remove("other").Txt("other", "token");
        _ = answer switch
        {
            "two records" => zone.Txt("_proof", "token").Txt("_proof", "other"),
            "no record" => zone.Address("_proof", IPAddress.Loopback),
            "no name" => zone,
            "alias" => zone.Cname("_proof", "other"),
            _ => zone.Txt("_proof", "token"),
        };
    }

    private void Order(string answer)
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
            _server.Faults.Add(fault.For(Name));
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
                .. attempts,
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
