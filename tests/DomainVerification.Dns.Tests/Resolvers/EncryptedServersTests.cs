using System.Net.Security;
using DomainVerification.Tests.Https;
using DomainVerification.Tests.Tls;
using Microsoft.Extensions.Logging.Abstractions;
using static DomainVerification.Dns.Tests.ResolverBench;

namespace DomainVerification.Dns.Tests;

/// <summary>The resolver with servers that are spoken with over TLS and HTTPS.</summary>
public sealed class EncryptedServersTests : IDisposable
{
    private const string ServerName = "dns.example";

    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData(DnsTransportMode.UdpThenTcp)]
    [InlineData(DnsTransportMode.TcpOnly)]
    public async Task Resolve_OverTls_Answers(DnsTransportMode mode)
    {
        await using StreamServer server = new(peer => peer.EchoAsync(), Tls());
        await using var resolver = Resolver(mode, $"tls://127.0.0.1:{server.Port}#{ServerName}");

        var lookup = await resolver.ResolveAsync(Question, CancellationToken.None);

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal(DnsTransportKind.Tls, Assert.Single(lookup.Attempts).Transport);
        Assert.Equal($"tls://127.0.0.1:{server.Port}#{ServerName}", lookup.Attempts[0].Server.ToString());
    }

    [Fact]
    public async Task Resolve_OverHttps_Answers()
    {
        await using var server = await HttpsServer.StartAsync(_authority.Issue(ServerName), async (context, query) =>
        {
            context.Response.ContentType = "application/dns-message";
            await context.Response.Body.WriteAsync(Answers.Text(query));
        });
        await using var resolver = Resolver(DnsTransportMode.UdpThenTcp, $"https://127.0.0.1:{server.Port}/dns-query#{ServerName}");

        var lookup = await resolver.ResolveAsync(Question, CancellationToken.None);

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal(DnsTransportKind.Https, Assert.Single(lookup.Attempts).Transport);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("unreadable")]
    [InlineData("closed")]
    [InlineData("untrusted")]
    public async Task Resolve_TroubleWithAnEncryptedServer_NeverFallsBackToClearText(string trouble)
    {
        await using StreamServer server = new(
            async peer =>
            {
                while (trouble != "closed")
                {
                    var query = await peer.ReadAsync();
                    await peer.SendAsync(trouble == "cut" ? Answers.Truncated(query) : [.. Answers.Text(query), 0]);
                }
            },
            Tls());

        using TestAuthority other = new();
        ScriptedTransport clear = new(DnsTransportKind.Udp, (_, query) => Answered(DnsResponseCode.NoError, Text(query.Question.Name.ToString())));
        var options = Options(trouble == "untrusted" ? other : _authority, $"tls://127.0.0.1:{server.Port}#{ServerName}");
        await using ConfiguredServersResolver resolver = new(
            options,
            clear,
            clear,
            TimeProvider.System,
            NullLogger<ConfiguredServersResolver>.Instance);

        var lookup = await resolver.ResolveAsync(Question, CancellationToken.None);

        Assert.NotEqual(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal(DnsTransportKind.Tls, Assert.Single(lookup.Attempts).Transport);
        Assert.Empty(clear.Sent);
    }

    [Fact]
    public async Task Resolve_CertificateOfAnotherName_SaysSoInTheAttempt()
    {
        await using StreamServer server = new(peer => peer.EchoAsync(), Tls());
        await using var resolver = Resolver(DnsTransportMode.UdpThenTcp, $"tls://127.0.0.1:{server.Port}#other.example");

        var lookup = await resolver.ResolveAsync(Question, CancellationToken.None);

        Assert.Equal(DnsLookupStatus.Unreachable, lookup.Status);
        Assert.Equal("tls_name_mismatch", Assert.Single(lookup.Attempts).Detail);
    }

    [Fact]
    public async Task Resolve_ClearServerBesideAnEncryptedOne_IsAskedOnlyBecauseItIsListed()
    {
        await using RawServer clear = new(query => [Answers.Text(query)]);
        await using StreamServer gone = new(_ => Task.CompletedTask);
        await using var resolver = Resolver(
            DnsTransportMode.UdpThenTcp,
            $"tls://127.0.0.1:{gone.Port}#{ServerName}",
            clear.Endpoint.ToString());

        var lookup = await resolver.ResolveAsync(Question, CancellationToken.None);

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal([DnsTransportKind.Tls, DnsTransportKind.Udp], lookup.Attempts.Select(attempt => attempt.Transport));
    }

    private SslServerAuthenticationOptions Tls() => new() { ServerCertificate = _authority.Issue(ServerName) };

    private static DnsResolverOptions Options(TestAuthority authority, params string[] servers)
    {
        DnsResolverOptions options = new() { Servers = [.. servers], TryTimeout = TimeSpan.FromSeconds(10) };
        options.TrustOnly(authority.Certificate);
        return options;
    }

    private ConfiguredServersResolver Resolver(DnsTransportMode mode, params string[] servers)
    {
        var options = Options(_authority, servers);
        options.Transport = mode;
        return new ConfiguredServersResolver(options, TimeProvider.System, NullLogger<ConfiguredServersResolver>.Instance);
    }
}
