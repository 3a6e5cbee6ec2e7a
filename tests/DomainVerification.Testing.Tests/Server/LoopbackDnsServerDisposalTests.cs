using System.Net.Sockets;
using DomainVerification.Dns;

namespace DomainVerification.Testing.Tests.Server;

public sealed class LoopbackDnsServerDisposalTests
{
    private readonly DnsWorld _world = new();

    public LoopbackDnsServerDisposalTests() => _world.Zone("acme.example").Txt("_x", "right");

    [Fact]
    public async Task DisposeAsync_AnswersUnderWay_EndsThemAll()
    {
        var server = LoopbackDnsServer.Start(_world);
        server.Faults.Add(DnsFault.Hold(new TaskCompletionSource().Task));
        using var udp = new UdpConversation(server.Endpoint);
        using var tcp = new TcpConversation();
        await tcp.ConnectAsync(server.Endpoint);
        for (var i = 0; i < 50; i++)
        {
            await udp.SendAsync(RawClient.Query("_x.acme.example"));
        }

        await tcp.SendAsync(RawClient.Query("_x.acme.example"));
        await server.WaitForQueriesAsync(51, Deadline.Token);

        await server.DisposeAsync().AsTask().WaitAsync(Deadline.Token);

        Assert.Null(await tcp.ReceiveAsync());
        Assert.Empty(server.Failures);
    }

    [Fact]
    public async Task DisposeAsync_FreesThePort()
    {
        var server = LoopbackDnsServer.Start(_world);
        await server.DisposeAsync();

        await using var successor = LoopbackDnsServer.Start(_world, new LoopbackDnsServerOptions { Port = server.Endpoint.Port });

        Assert.Single((await successor.AskUdpAsync(RawClient.Query("_x.acme.example"))).Answers);
    }

    [Fact]
    public async Task DisposeAsync_OpenConnection_ClosesIt()
    {
        var server = LoopbackDnsServer.Start(_world);
        using var client = new TcpConversation();
        await client.ConnectAsync(server.Endpoint);
        await client.SendAsync(RawClient.Query("_x.acme.example"));
        Assert.NotNull(await client.ReceiveAsync());

        await server.DisposeAsync();

        Assert.Null(await client.ReceiveAsync());
        using var late = new TcpConversation();
        await Assert.ThrowsAsync<SocketException>(() => late.ConnectAsync(server.Endpoint));
    }

    [Fact]
    public async Task DisposeAsync_Twice_DoesNothingMore()
    {
        var server = LoopbackDnsServer.Start(_world);

        await server.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task DisposeAsync_RewritingThrew_ThrowsItAndTheServerHadGoneOn()
    {
        var server = LoopbackDnsServer.Start(_world);
        server.Faults.Add(DnsFault.OfMessage((_, _) => throw new InvalidOperationException("my mistake")).Once());
        using var client = new UdpConversation(server.Endpoint);
        await client.SendAsync(RawClient.Query("_x.acme.example"));
        await client.SendAsync(RawClient.Query("acme.example", DnsRecordType.SOA));
        Assert.Equal(DnsRecordType.SOA, RawClient.Read(await client.ReceiveAsync()).Question!.Type);
        Assert.Equal("my mistake", Assert.Single(server.Failures).Message);

        var thrown = await Assert.ThrowsAsync<AggregateException>(() => server.DisposeAsync().AsTask());

        Assert.Equal("my mistake", Assert.Single(thrown.InnerExceptions).Message);
    }

    [Fact]
    public async Task Client_ResetsItsConnection_IsNoFailure()
    {
        await using var server = LoopbackDnsServer.Start(_world);
        using (var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            await socket.ConnectAsync(server.Endpoint, Deadline.Token);
            socket.Close(timeout: 0);
        }

        Assert.Single((await server.AskTcpAsync(RawClient.Query("_x.acme.example"))).Answers);
    }
}
