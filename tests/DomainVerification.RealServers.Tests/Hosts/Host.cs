using DomainVerification.Dns;
using DomainVerification.RealServers.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DomainVerification.RealServers.Tests.Hosts;

/// <summary>The SDK as a host has it, on the real clock, asking one server.</summary>
internal sealed class Host : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly bool _answersAtOnce;

    /// <param name="fixture">The servers.</param>
    /// <param name="configure">Shapes the default profile.</param>
    /// <param name="configureDns">Shapes the DNS client, which has no server yet.</param>
    /// <param name="asked">The server to ask instead of the fixture's.</param>
    internal Host(
        ServerFixture fixture,
        Action<DomainVerificationOptions>? configure = null,
        Action<DnsResolverOptions>? configureDns = null,
        RealServer? asked = null)
        : this(fixture.Asked == fixture.Authority, configure, dns =>
        {
            configureDns?.Invoke(dns);
            dns.Servers.Add((asked ?? fixture.Asked).Endpoint.ToString());
        })
    {
    }

    /// <summary>A host that asks whomever its DNS options name.</summary>
    internal Host(bool answersAtOnce, Action<DomainVerificationOptions>? configure, Action<DnsResolverOptions> configureDns)
    {
        _answersAtOnce = answersAtOnce;
        var services = new ServiceCollection();
        services
            .AddDomainVerification(options =>
            {
                options.Provider = "host";
                options.AllowUnlistedSuffixes = true;
                configure?.Invoke(options);
            })
            .ConfigureWorker(worker => worker.PollInterval = TimeSpan.FromMilliseconds(100))
            .ConfigureCheckLimits(limits => (limits.PerDomain, limits.PerOwner, limits.Total) = (0, 0, 0))
            .ConfigureDns(configureDns);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    internal IDomainClaimManager Manager => _services.GetRequiredService<IDomainClaimManager>();

    internal IDnsResolver Resolver => _services.GetRequiredService<IDnsResolver>();

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
    }

    /// <summary>Starts the background worker, as the host's own start does.</summary>
    internal async Task StartAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }
    }

    /// <summary>Requests a domain.</summary>
    internal async Task<ClaimResult> RequestAsync(string owner, string domain, ProofMethod? method = null)
    {
        var requested = await Manager.RequestAsync(new ClaimRequest(owner, domain) { Method = method });
        Assert.Equal(ClaimResultStatus.Done, requested.Status);
        return requested;
    }

    internal Task<ClaimResult> VerifyAsync(ClaimResult requested) => Manager.VerifyAsync(ClaimReference.To(requested.Claim!));

    /// <summary>
    /// Verifies what is published: at once where the zone's own server is asked, and as soon as the cache lets go where one stands between.
    /// </summary>
    internal async Task<ClaimResult> VerifyPublishedAsync(ClaimResult requested)
    {
        var verified = _answersAtOnce
            ? await VerifyAsync(requested)
            : await Polling.UntilAsync(
                () => VerifyAsync(requested),
                result => result.Status == ClaimResultStatus.Done,
                result => $"Not verified in time: {result.Error}");
        Assert.Null(verified.Error);
        Assert.Equal(ProofOutcome.Proved, verified.Report!.Outcome);
        return verified;
    }

    /// <summary>Looks a name up with the SDK's own resolver.</summary>
    internal ValueTask<DnsLookup> ResolveAsync(string name, DnsRecordType type) =>
        Resolver.ResolveAsync(new DnsQuestion(DnsName.Parse(name), type), CancellationToken.None);
}
