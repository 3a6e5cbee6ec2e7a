using DomainVerification.Dns;
using DomainVerification.RealServers.Tests.Hosts;
using DomainVerification.RealServers.Tests.Programs;
using DomainVerification.RealServers.Tests.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace DomainVerification.RealServers.Tests;

/// <summary>DNS over TLS and HTTPS, as servers of other makers speak it.</summary>
public abstract class EncryptedServerTests(ServerFixture fixture)
{
    private EncryptedListeners Listeners => ((IEncryptedServer)fixture.Asked).Listeners;

    [ServerFact]
    public Task Resolve_OverTls_Answers() => AssertAnsweredAsync(Listeners.Tls(), DnsTransportKind.Tls);

    [ServerFact]
    public Task Resolve_OverHttps_Answers() => AssertAnsweredAsync(Listeners.Https(), DnsTransportKind.Https);

    /// <summary>As <c>AddDomainVerification()</c> sets it up, over handlers of the host's factory.</summary>
    [ServerFact]
    public async Task Resolve_OverHttpsInAHost_Answers()
    {
        var zone = await fixture.Authority.AddZoneAsync("proof IN TXT \"there\"");
        await using Host host = new(true, null, dns =>
        {
            dns.Servers.Add(Listeners.Https().ToString());
            dns.TrustOnly(Listeners.Root);
        });

        var lookup = await host.ResolveAsync($"proof.{zone.Name}", DnsRecordType.TXT);

        Assert.Equal("there", ((DnsTxtRecord)Assert.Single(lookup.Records)).Text);
        Assert.Equal(DnsTransportKind.Https, Assert.Single(lookup.Attempts).Transport);
    }

    [ServerFact]
    public Task Resolve_ManyAtOnceOverTls_EachGetsItsOwnAnswer() => AssertManyAsync(Listeners.Tls());

    [ServerFact]
    public Task Resolve_ManyAtOnceOverHttps_EachGetsItsOwnAnswer() => AssertManyAsync(Listeners.Https());

    [ServerFact]
    public Task Resolve_ManyAtOnceOverTcp_EachGetsItsOwnAnswer() => AssertManyAsync(fixture.Asked.Endpoint, DnsTransportMode.TcpOnly);

    [ServerFact]
    public async Task Resolve_LargeAnswer_ComesWhole()
    {
        var zone = await fixture.Authority.AddZoneAsync(
            [.. Enumerable.Range(0, 40).Select(i => $"large IN TXT \"{i} {new string('x', 200)}\"")]);
        foreach (var server in (DnsServerEndpoint[])[Listeners.Tls(), Listeners.Https()])
        {
            await using var resolver = Resolver(server);

            var lookup = await resolver.ResolveAsync(Question($"large.{zone.Name}"), CancellationToken.None);

            Assert.Equal((DnsLookupStatus.Answered, 40), (lookup.Status, lookup.Records.Count));
        }
    }

    [ServerFact]
    public async Task Resolve_UnderAnotherName_IsRefused()
    {
        await AssertRefusedAsync(Listeners.Tls("other.example"), "tls_name_mismatch");
        await AssertRefusedAsync(Listeners.Https("other.example"), "tls_name_mismatch");
    }

    [ServerFact]
    public async Task Resolve_WithoutTheAuthority_IsRefused()
    {
        await AssertRefusedAsync(Listeners.Tls(), "tls_certificate_untrusted", trusts: false);
        await AssertRefusedAsync(Listeners.Https(), "tls_certificate_untrusted", trusts: false);
    }

    [ServerFact]
    public async Task Resolve_OtherPath_IsNoAnswer()
    {
        await using var resolver = Resolver(Listeners.Https(path: "/elsewhere"));

        var lookup = await resolver.ResolveAsync(Question("a.example"), CancellationToken.None);

        Assert.Equal("http_status_404", Assert.Single(lookup.Attempts).Detail);
    }

    private static DnsQuestion Question(string name) => new(DnsName.Parse(name), DnsRecordType.TXT);

    private async Task AssertAnsweredAsync(DnsServerEndpoint server, DnsTransportKind transport)
    {
        var zone = await fixture.Authority.AddZoneAsync("proof IN TXT \"there\"");
        await using var resolver = Resolver(server);

        var there = await resolver.ResolveAsync(Question($"proof.{zone.Name}"), CancellationToken.None);
        var missing = await resolver.ResolveAsync(Question($"missing.{zone.Name}"), CancellationToken.None);

        Assert.Equal("there", ((DnsTxtRecord)Assert.Single(there.Records)).Text);
        Assert.Equal(DnsLookupStatus.NxDomain, missing.Status);
        Assert.Equal(transport, Assert.Single(there.Attempts).Transport);
    }

    private async Task AssertManyAsync(DnsServerEndpoint server, DnsTransportMode mode = DnsTransportMode.UdpThenTcp)
    {
        var zone = await fixture.Authority.AddZoneAsync([.. Enumerable.Range(0, 300).Select(i => $"n{i} IN TXT \"{i}\"")]);
        await using var resolver = Resolver(server, mode: mode);

        var lookups = await Task.WhenAll(Enumerable.Range(0, 300).Select(i =>
            resolver.ResolveAsync(Question($"n{i}.{zone.Name}"), CancellationToken.None).AsTask()));

        Assert.All(lookups, lookup => Assert.Equal((DnsLookupStatus.Answered, 1), (lookup.Status, lookup.Attempts.Count)));
        Assert.Equal(
            Enumerable.Range(0, 300).Select(i => $"{i}"),
            lookups.Select(lookup => ((DnsTxtRecord)Assert.Single(lookup.Records)).Text));
    }

    private async Task AssertRefusedAsync(DnsServerEndpoint server, string code, bool trusts = true)
    {
        await using var resolver = Resolver(server, trusts);

        var lookup = await resolver.ResolveAsync(Question("a.example"), CancellationToken.None);

        Assert.Equal(DnsLookupStatus.Unreachable, lookup.Status);
        Assert.Equal(code, Assert.Single(lookup.Attempts).Detail);
    }

    private ConfiguredServersResolver Resolver(
        DnsServerEndpoint server,
        bool trusts = true,
        DnsTransportMode mode = DnsTransportMode.UdpThenTcp)
    {
        var options = new DnsResolverOptions
        {
            Servers = { server.ToString() },
            TryTimeout = TimeSpan.FromSeconds(20),
            Deadline = TimeSpan.FromSeconds(20),
            Transport = mode,
        };
        if (trusts)
        {
            options.TrustOnly(Listeners.Root);
        }

        return new ConfiguredServersResolver(options, TimeProvider.System, NullLogger<ConfiguredServersResolver>.Instance);
    }
}

[NeedsPrograms("named", "rndc", "nsupdate")]
public sealed class EncryptedBindTests(Direct<EncryptedBindServer> fixture)
    : EncryptedServerTests(fixture), IClassFixture<Direct<EncryptedBindServer>>;

[NeedsPrograms("named", "rndc", "nsupdate", "unbound")]
public sealed class EncryptedUnboundTests(ThroughEncryptedUnbound fixture)
    : EncryptedServerTests(fixture), IClassFixture<ThroughEncryptedUnbound>;
