using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using DomainVerification.Tests.Tls;

namespace DomainVerification.Dns.Tests;

public sealed class TlsDnsTransportTests : IAsyncDisposable
{
    private const string ServerName = "dns.example";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TestAuthority _authority = new();
    private readonly TlsDnsTransport _transport;

    public TlsDnsTransportTests() => _transport = new TlsDnsTransport(TimeProvider.System, _authority.Certificate);

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public async Task Exchange_ServerThatItShouldBe_AnswersManyQueriesOnOneConnection()
    {
        ConcurrentBag<SslStream> streams = [];
        await using StreamServer server = new(
            peer =>
            {
                streams.Add((SslStream)peer.Stream);
                return peer.EchoAsync();
            },
            Good());

        for (var i = 0; i < 5; i++)
        {
            var exchange = await ExchangeAsync(server, $"n{i}.example.com");
            Assert.Equal((DnsExchangeOutcome.Answered, null), (exchange.Outcome, exchange.Detail));
            Assert.Equal($"n{i}.example.com", Assert.IsType<DnsTxtRecord>(exchange.Response!.Answers[0]).Text);
        }

        var stream = Assert.Single(streams);
        Assert.Equal("dot", stream.NegotiatedApplicationProtocol.ToString());
        Assert.Equal(ServerName, stream.TargetHostName);
        Assert.InRange(stream.SslProtocol, SslProtocols.Tls12, SslProtocols.Tls13);
    }

    [Fact]
    public async Task Exchange_ServerWithoutAlpn_Answers()
    {
        await using StreamServer server = new(
            peer => peer.EchoAsync(),
            new SslServerAuthenticationOptions { ServerCertificate = _authority.Issue(ServerName) });

        Assert.Equal(DnsExchangeOutcome.Answered, (await ExchangeAsync(server)).Outcome);
    }

    [Theory]
    [InlineData("other.example")]
    [InlineData("sub.dns.example")]
    [InlineData("example")]
    public Task Exchange_CertificateOfAnotherName_IsRefused(string name) =>
        AssertRefusedAsync(_authority.Issue(name), "tls_name_mismatch");

    [Fact]
    public Task Exchange_CertificateThatIsOver_IsRefused() =>
        AssertRefusedAsync(_authority.Issue(ServerName, expired: true), "tls_certificate_expired");

    [Fact]
    public Task Exchange_CertificateThatNobodyVouchesFor_IsRefused() =>
        AssertRefusedAsync(TestAuthority.SelfSigned(ServerName), "tls_certificate_untrusted");

    [Fact]
    public async Task Exchange_CertificateOfAnotherAuthority_IsRefused()
    {
        using TestAuthority other = new();
        await AssertRefusedAsync(other.Issue(ServerName), "tls_certificate_untrusted");
    }

    [Fact]
    public Task Exchange_CertificateForClients_IsRefused() =>
        AssertRefusedAsync(_authority.Issue(ServerName, usage: "1.3.6.1.5.5.7.3.2"), "tls_certificate_untrusted");

    [Fact]
    public async Task Exchange_AuthorityThatTheSystemDoesNotTrust_IsRefusedWithoutTheOption()
    {
        await using StreamServer server = new(peer => peer.EchoAsync(), Good());
        await using TlsDnsTransport transport = new(TimeProvider.System);

        var exchange = await transport.ExchangeAsync(EndpointOf(server), Queries.Text("a.example.com"), Patience, CancellationToken.None);

        Assert.Equal((DnsExchangeOutcome.Unreachable, "tls_certificate_untrusted"), (exchange.Outcome, exchange.Detail));
    }

    [Fact]
    public async Task Exchange_OldTlsOnly_IsRefused()
    {
        var tls = Good();
#pragma warning disable CA5397, SYSLIB0039 // What must be refused.
        tls.EnabledSslProtocols = SslProtocols.Tls11;
#pragma warning restore CA5397, SYSLIB0039
        await using StreamServer server = new(peer => peer.EchoAsync(), tls);

        Assert.Equal((DnsExchangeOutcome.Unreachable, "tls_handshake_failed"), Facts(await ExchangeAsync(server)));
    }

    [Fact]
    public async Task Exchange_ServerInClearText_IsRefused()
    {
        await using StreamServer server = new(async peer =>
        {
            await peer.SendRawAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
            await peer.HangAsync();
        });

        Assert.Equal((DnsExchangeOutcome.Unreachable, "tls_handshake_failed"), Facts(await ExchangeAsync(server)));
    }

    [Fact]
    public async Task Exchange_ClosedInTheHandshake_IsRefused()
    {
        await using StreamServer server = new(_ => Task.CompletedTask);

        Assert.Equal((DnsExchangeOutcome.Unreachable, "tls_handshake_failed"), Facts(await ExchangeAsync(server)));
    }

    [Fact]
    public async Task Exchange_HandshakeThatHangs_TimesOut()
    {
        await using StreamServer server = new(peer => Task.Delay(Timeout.Infinite, peer.Stopping));

        var exchange = await _transport.ExchangeAsync(
            EndpointOf(server),
            Queries.Text("a.example.com"),
            TimeSpan.FromMilliseconds(100),
            CancellationToken.None);

        Assert.Equal(DnsExchangeOutcome.TimedOut, exchange.Outcome);
    }

    [Fact]
    public async Task Exchange_ClosedMidway_IsSentOnceMore()
    {
        await using StreamServer server = new(
            async peer =>
            {
                if (peer.Number > 1)
                {
                    await peer.EchoAsync();
                }

                await peer.SendRawAsync(RawServer.Prefixed(Answers.Name(await peer.ReadAsync()))[..9]);
            },
            Good());

        Assert.Equal(DnsExchangeOutcome.Answered, (await ExchangeAsync(server)).Outcome);
        Assert.Equal(2, server.Accepted);
    }

    [Fact]
    public async Task Exchange_ClearServer_IsAnArgumentAtFault()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _transport
            .ExchangeAsync(new DnsServerEndpoint(IPAddress.Loopback), Queries.Text("a.example.com"), Patience, CancellationToken.None)
            .AsTask());

        await using TcpDnsTransport tcp = new(TimeProvider.System);
        foreach (var transport in (IDnsTransport[])[tcp, new UdpDnsTransport(TimeProvider.System)])
        {
            await Assert.ThrowsAsync<ArgumentException>(() => transport
                .ExchangeAsync(DnsServerEndpoint.Parse("tls://127.0.0.1#a.example"), Queries.Text("a.example"), Patience, CancellationToken.None)
                .AsTask());
        }
    }

    [Theory]
    [InlineData("a.example.com")]
    [InlineData("_acme-challenge.a-name-that-is-rather-long.and-goes-on-for-a-while.with-many-labels.example.com")]
    [InlineData("example")]
    public async Task Query_AsksForTheIdleTimeAndIsPaddedToBlocks(string name)
    {
        ConcurrentBag<byte[]> queries = [];
        await using StreamServer server = new(
            async peer =>
            {
                var query = await peer.ReadAsync();
                queries.Add(query);
                await peer.SendAsync(Answers.Name(query));
            },
            Good());

        Assert.Equal(DnsExchangeOutcome.Answered, (await ExchangeAsync(server, name)).Outcome);
        Assert.Equal(0, Assert.Single(queries).Length % 128);
        var options = Answers.Read(queries.First()).Edns!.Options;
        Assert.Equal([DnsEdnsOptionCode.TcpKeepalive, DnsEdnsOptionCode.Padding], options.Select(option => option.Code));
        Assert.Equal(0, options[0].Data.Length);
    }

    private static (DnsExchangeOutcome Outcome, string? Detail) Facts(DnsExchange exchange) => (exchange.Outcome, exchange.Detail);

    private static DnsServerEndpoint EndpointOf(StreamServer server) =>
        DnsServerEndpoint.OverTls(IPAddress.Loopback, ServerName, server.Port);

    private SslServerAuthenticationOptions Good() => new()
    {
        ServerCertificate = _authority.Issue(ServerName),
        ApplicationProtocols = [new SslApplicationProtocol("dot")],
    };

    private async Task AssertRefusedAsync(X509Certificate2 certificate, string code)
    {
        ConcurrentBag<byte[]> received = [];
        await using StreamServer server = new(
            async peer => received.Add(await peer.ReadAsync()),
            new SslServerAuthenticationOptions { ServerCertificate = certificate });

        Assert.Equal((DnsExchangeOutcome.Unreachable, code), Facts(await ExchangeAsync(server)));
        Assert.Empty(received);
        Assert.Equal(1, server.Accepted);
    }

    private Task<DnsExchange> ExchangeAsync(StreamServer server, string name = "a.example.com") => _transport
        .ExchangeAsync(EndpointOf(server), Queries.Text(name), Patience, CancellationToken.None)
        .AsTask();
}
