using DomainVerification.Dns;
using DomainVerification.RealServers.Tests.Programs;
using DomainVerification.RealServers.Tests.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace DomainVerification.RealServers.Tests;

/// <summary>DNS cookies (RFC 7873) with a server that wants them.</summary>
[NeedsPrograms("named", "rndc", "nsupdate")]
public sealed class CookieTests(Direct<BindWithCookies> fixture) : IClassFixture<Direct<BindWithCookies>>
{
    [ServerFact]
    public async Task W12_ServerThatWantsACookie_IsAskedAgainOnceAndThenNeverMore()
    {
        var zone = await fixture.Authority.AddZoneAsync("proof IN TXT \"there\"");
        var resolver = new ConfiguredServersResolver(
            new DnsResolverOptions { Servers = { fixture.Asked.Endpoint.ToString() }, TryTimeout = TimeSpan.FromSeconds(10) },
            TimeProvider.System,
            NullLogger<ConfiguredServersResolver>.Instance);
        var question = new DnsQuestion(DnsName.Parse($"proof.{zone.Name}"), DnsRecordType.TXT);

        var first = await resolver.ResolveAsync(question, CancellationToken.None);
        var second = await resolver.ResolveAsync(question, CancellationToken.None);

        Assert.Equal(
            [DnsResponseCode.BadCookie, DnsResponseCode.NoError],
            first.Attempts.Select(attempt => attempt.ResponseCode!.Value));
        Assert.Equal(DnsResponseCode.NoError, Assert.Single(second.Attempts).ResponseCode);
        Assert.All([.. first.Attempts, .. second.Attempts], attempt => Assert.Equal(DnsTransportKind.Udp, attempt.Transport));
        Assert.Equal("there", ((DnsTxtRecord)Assert.Single(second.Records)).Text);
    }
}
