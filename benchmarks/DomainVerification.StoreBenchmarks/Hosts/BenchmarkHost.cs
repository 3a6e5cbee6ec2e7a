using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.StoreBenchmarks.Hosts;

/// <summary>The SDK as a host has it, with a provisioner, so that holding a domain enqueues work.</summary>
internal static class BenchmarkHost
{
    /// <summary>A host with a DNS that answers at once.</summary>
    public static ServiceProvider Create(Action<DomainVerificationBuilder>? build = null) => CreateWithDns(builder =>
    {
        builder.UseDnsProofChecker<InstantChecker>();
        build?.Invoke(builder);
    });

    /// <summary>A host that asks the DNS, or what else it is given.</summary>
    public static ServiceProvider CreateWithDns(Action<DomainVerificationBuilder>? build = null)
    {
        var services = new ServiceCollection();
        var builder = services
            .AddDomainVerification(options => options.AllowUnlistedSuffixes = true)
            .UseIdentityProvisioner<PresentProvisioner>();
        build?.Invoke(builder);
        return services.BuildServiceProvider();
    }
}
