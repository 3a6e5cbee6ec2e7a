using DomainVerification.Testing;
using DomainVerification.Work.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Tests;

/// <summary>The SDK as a host has it, on a manual clock and an in-memory DNS.</summary>
internal sealed class ClaimWorld : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public ClaimWorld(
        Action<DomainVerificationOptions>? configure = null,
        Action<DomainVerificationBuilder>? build = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        var builder = services
            .AddDomainVerification(options =>
            {
                options.Provider = "host";
                options.AllowUnlistedSuffixes = true;
                configure?.Invoke(options);
            })
            .UseDnsResolver(Resolver = new InMemoryDnsResolver(Dns));
        build?.Invoke(builder);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public ManualTimeProvider Clock { get; } = new();

    public DnsWorld Dns { get; } = new();

    public InMemoryDnsResolver Resolver { get; }

    public IDomainClaimManager Manager => Get<IDomainClaimManager>();

    public IClaimStore Store => Get<IClaimStore>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Requests a domain for an owner.</summary>
    public Task<ClaimResult> RequestAsync(string owner, string domain, string profile = "") =>
        Manager.RequestAsync(new ClaimRequest(owner, domain) { Profile = profile });

    /// <summary>Publishes what instructions say, as a customer would.</summary>
    public void Publish(ChallengeInstructions instructions)
    {
        var zone = Dns.Zone(instructions.Zone.Value);
        if (instructions.HostRecord is { } host)
        {
            Dns.Zone(string.Join('.', host.RecordName.Split('.').Skip(1))).Txt(host.RecordName + ".", host.RecordValue);
        }

        _ = instructions.RecordType == "CNAME"
            ? zone.Cname(instructions.RecordName + ".", instructions.RecordValue + ".")
            : zone.Txt(instructions.RecordName + ".", instructions.RecordValue);
    }

    /// <summary>Takes an owner to <see cref="ClaimStatus.Verified"/>.</summary>
    public async Task<DomainClaim> VerifiedAsync(string owner, string domain, string profile = "")
    {
        var requested = await RequestAsync(owner, domain, profile);
        Publish(requested.Instructions!);
        return (await Manager.VerifyAsync(ClaimReference.To(requested.Claim!))).RequireClaim();
    }

    /// <summary>Takes an owner to <see cref="ClaimStatus.Claimed"/>.</summary>
    public async Task<DomainClaim> ClaimedAsync(string owner, string domain, string profile = "")
    {
        var verified = await VerifiedAsync(owner, domain, profile);
        return (await Manager.ClaimAsync(ClaimReference.To(verified))).RequireClaim();
    }

    /// <summary>Runs the worker's rounds until nothing is due.</summary>
    public async Task WorkAsync()
    {
        while (await Get<OutboxDispatcher>().RunOnceAsync(default) + await Get<DueClaimProcessor>().RunOnceAsync(default) > 0)
        {
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
