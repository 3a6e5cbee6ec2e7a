using System.Net;
using System.Net.Sockets;
using DomainVerification.Dns;
using Microsoft.Extensions.Logging.Abstractions;

namespace DomainVerification.Testing.Tests.Server;

public sealed class LoopbackDnsServerTests : IAsyncDisposable
{
    private readonly DnsWorld _world = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly LoopbackDnsServer _server;

    public LoopbackDnsServerTests()
    {
        _world.Zone("acme.example").Txt("_x-challenge", "token=abc");
        _server = LoopbackDnsServer.Start(_world, new LoopbackDnsServerOptions { TimeProvider = _clock });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Ask_OverUdp_AnswersFromTheWorld()
    {
        var answer = await _server.AskUdpAsync(RawClient.Query("_x-challenge.acme.example"));

        Assert.Equal("token=abc", Assert.IsType<DnsTxtRecord>(Assert.Single(answer.Answers)).Text);
        Assert.Equal(0x1234, answer.Id);
        Assert.Equal(DnsResponseCode.NoError, answer.ResponseCode);
        Assert.Null(answer.Edns);
        var recursion = DnsHeaderFlags.RecursionDesired | DnsHeaderFlags.RecursionAvailable;
        Assert.Equal(DnsHeaderFlags.Response | DnsHeaderFlags.AuthoritativeAnswer | recursion, answer.Flags);
    }

    [Fact]
    public async Task Ask_OverTcpAtTheSamePort_AnswersTheSame()
    {
        var answer = await _server.AskTcpAsync(RawClient.Query("_x-challenge.acme.example"));

        Assert.Equal("token=abc", Assert.IsType<DnsTxtRecord>(Assert.Single(answer.Answers)).Text);
    }

    [Fact]
    public async Task Ask_SeveralOverOneConnection_AnswersInTurn()
    {
        using var client = new TcpConversation();
        await client.ConnectAsync(_server.Endpoint);
        await client.SendAsync(RawClient.Query("_x-challenge.acme.example"));
        await client.SendAsync(RawClient.Query("none.acme.example"));

        Assert.Equal(DnsResponseCode.NoError, RawClient.Read((await client.ReceiveAsync())!).ResponseCode);
        Assert.Equal(DnsResponseCode.NxDomain, RawClient.Read((await client.ReceiveAsync())!).ResponseCode);
    }

    [Fact]
    public async Task Ask_MixedCase_RepeatsTheLettersInQuestionAndOwner()
    {
        var answer = await _server.AskUdpAsync(RawClient.Query("_X-chAllEnge.aCme.eXample"));

        Assert.Equal("_X-chAllEnge.aCme.eXample", answer.Question!.Name.ToString());
        Assert.Equal("_X-chAllEnge.aCme.eXample", Assert.Single(answer.Answers).Name.ToString());
    }

    [Fact]
    public async Task Ask_WithEdns_AnswersWithEdns()
    {
        var answer = await _server.AskUdpAsync(RawClient.Query("_x-challenge.acme.example", payload: 1232));

        Assert.NotNull(answer.Edns);
        Assert.Single(answer.Answers);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData((ushort)100, true)]
    [InlineData((ushort)1232, true)]
    [InlineData((ushort)4096, false)]
    public async Task Ask_AnswerLargerThanTheQueryAllows_SetsTruncatedOverUdpOnly(ushort? payload, bool truncated)
    {
        _world.Zone("acme.example").Txt("large", new string('x', 2000));
        var query = RawClient.Query("large.acme.example", payload: payload);

        var overUdp = await _server.AskUdpAsync(query);
        var overTcp = await _server.AskTcpAsync(query);

        Assert.Equal(truncated, overUdp.Flags.HasFlag(DnsHeaderFlags.Truncated));
        Assert.Equal(truncated ? 0 : 1, overUdp.Answers.Count);
        Assert.False(overTcp.Flags.HasFlag(DnsHeaderFlags.Truncated));
        Assert.Equal(new string('x', 2000), Assert.IsType<DnsTxtRecord>(Assert.Single(overTcp.Answers)).Text);
    }

    [Fact]
    public async Task Edit_BetweenTwoQueries_ShowsAtOnce()
    {
        var query = RawClient.Query("late.acme.example");
        Assert.Equal(DnsResponseCode.NxDomain, (await _server.AskUdpAsync(query)).ResponseCode);

        _world.Zone("acme.example").Txt("late", "now");

        Assert.Single((await _server.AskUdpAsync(query)).Answers);
    }

    [Fact]
    public async Task Queries_RecordNameAsSentTypeTransportAndTime()
    {
        await _server.AskUdpAsync(RawClient.Query("_X-challenge.acme.example"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await _server.AskTcpAsync(RawClient.Query("acme.example", DnsRecordType.NS));

        Assert.Collection(
            _server.Queries,
            first =>
            {
                Assert.Equal("_X-challenge.acme.example", first.Name);
                Assert.Equal((DnsRecordType.TXT, LoopbackTransport.Udp), (first.Type, first.Transport));
                Assert.Equal(ManualTimeProvider.DefaultStart, first.ReceivedAt);
                Assert.Equal(0x1234, first.Message.Id);
            },
            second =>
            {
                Assert.Equal(("acme.example", DnsRecordType.NS, LoopbackTransport.Tcp), (second.Name, second.Type, second.Transport));
                Assert.Equal(ManualTimeProvider.DefaultStart.AddMinutes(1), second.ReceivedAt);
            });
        _server.ClearQueries();
        Assert.Empty(_server.Queries);
    }

    [Fact]
    public async Task WaitForQueriesAsync_CompletesWhenTheyCame()
    {
        var waiting = _server.WaitForQueriesAsync(2, Deadline.Token);
        await _server.AskUdpAsync(RawClient.Query("acme.example"));
        Assert.False(waiting.IsCompleted);

        await _server.AskUdpAsync(RawClient.Query("acme.example"));

        await waiting;
    }

    [Fact]
    public async Task WaitForQueriesAsync_Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        var waiting = _server.WaitForQueriesAsync(1, source.Token);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Ask_UnreadableOctets_AnswersFormatErrorAndRecordsNothing()
    {
        using var client = new UdpConversation(_server.Endpoint);
        await client.SendAsync([0x12, 0x34, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xFF]);

        var answer = RawClient.Read(await client.ReceiveAsync());

        Assert.Equal((0x1234, DnsResponseCode.FormatError), (answer.Id, answer.ResponseCode));
        Assert.Empty(_server.Queries);
    }

    [Fact]
    public async Task Ask_ResponsesAndFragments_AreIgnored()
    {
        using var client = new UdpConversation(_server.Endpoint);
        await client.SendAsync([1, 2, 3]);
        await client.SendAsync(new byte[] { 9, 9, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0 });
        await client.SendAsync(RawClient.Query("acme.example", DnsRecordType.SOA));

        Assert.Equal(0x1234, RawClient.Read(await client.ReceiveAsync()).Id);
        Assert.Single(_server.Queries);
    }

    [Fact]
    public async Task Start_SeveralServers_EachHasAPortOfItsOwn()
    {
        await using var other = LoopbackDnsServer.Start(new DnsWorld());

        Assert.NotEqual(_server.Endpoint.Port, other.Endpoint.Port);
        Assert.Equal(IPAddress.Loopback, other.Endpoint.Address);
    }

    [Fact]
    public void Start_PortThatIsTaken_Throws()
    {
        var options = new LoopbackDnsServerOptions { Port = _server.Endpoint.Port };

        var thrown = Assert.Throws<SocketException>(() => LoopbackDnsServer.Start(_world, options));

        Assert.Equal(SocketError.AddressAlreadyInUse, thrown.SocketErrorCode);
    }

    [LoopbackAddressFact("127.0.0.2")]
    public async Task Start_AddressOfItsOwn_SharesThePortWithAnotherServer()
    {
        var world = new DnsWorld();
        world.Zone("acme.example").Txt("_x-challenge", "other");
        var options = new LoopbackDnsServerOptions { Address = IPAddress.Parse("127.0.0.2"), Port = _server.Endpoint.Port };
        await using var other = LoopbackDnsServer.Start(world, options);

        var answer = await other.AskUdpAsync(RawClient.Query("_x-challenge.acme.example"));

        Assert.Equal("other", Assert.IsType<DnsTxtRecord>(Assert.Single(answer.Answers)).Text);
    }

    [LoopbackAddressFact("::1")]
    public async Task Start_IPv6_AnswersOverUdpAndTcp()
    {
        await using var server = LoopbackDnsServer.Start(_world, new LoopbackDnsServerOptions { Address = IPAddress.IPv6Loopback });

        Assert.Single((await server.AskUdpAsync(RawClient.Query("_x-challenge.acme.example"))).Answers);
        Assert.Single((await server.AskTcpAsync(RawClient.Query("_x-challenge.acme.example"))).Answers);
    }

    [Fact]
    public async Task Ask_SpoiledQueries_HarmNothing()
    {
        var random = new Random(20260101);
        var query = DnsMessageWriter.Write(RawClient.Query("_x-challenge.acme.example", payload: 1232));
        using var client = new UdpConversation(_server.Endpoint);
        for (var i = 0; i < 2000; i++)
        {
            var spoiled = query[..random.Next(query.Length + 1)];
            for (var flips = random.Next(4); flips > 0 && spoiled.Length > 0; flips--)
            {
                spoiled[random.Next(spoiled.Length)] ^= (byte)(1 << random.Next(8));
            }

            await client.SendAsync(spoiled);
            if (i % 50 == 0)
            {
                await _server.AskUdpAsync(RawClient.Query("acme.example", DnsRecordType.SOA));
            }
        }

        Assert.Empty(_server.Failures);
        Assert.Single((await _server.AskUdpAsync(RawClient.Query("_x-challenge.acme.example"))).Answers);
    }

    [Fact]
    public async Task Ask_AThousandAtOnce_AnswersEveryOne()
    {
        for (var i = 0; i < 1000; i++)
        {
            _world.Zone("acme.example").Txt($"n{i}", $"v{i}");
        }

        // A resolver, since the system may drop datagrams when that many come at once; it asks again.
        var options = new DnsResolverOptions
        {
            Servers = { _server.Endpoint.ToString() },
            TryTimeout = TimeSpan.FromSeconds(5),
            TriesPerServer = 3,
            Deadline = TimeSpan.FromMinutes(1),
        };
        var resolver = new ConfiguredServersResolver(options, TimeProvider.System, NullLogger<ConfiguredServersResolver>.Instance);

        var lookups = await Task.WhenAll(
            Enumerable.Range(0, 1000).Select(i => resolver.ResolveAsync(Question($"n{i}"), Deadline.Token).AsTask()));

        Assert.Equal(
            Enumerable.Range(0, 1000).Select(i => $"v{i}"),
            lookups.Select(lookup => Assert.IsType<DnsTxtRecord>(Assert.Single(lookup.Records)).Text));
        Assert.InRange(_server.Queries.Count, 1000, 3000);

        static DnsQuestion Question(string label) => new(DnsName.Parse($"{label}.acme.example"), DnsRecordType.TXT);
    }
}
