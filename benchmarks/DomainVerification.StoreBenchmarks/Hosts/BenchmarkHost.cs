using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.StoreBenchmarks.Hosts;

/// <summary>The SDK as a host has it, with a DNS that answers at once and a provisioner, so that holding a domain enqueues work.</summary>
internal static class BenchmarkHost
{
    public static ServiceProvider Create(Action<DomainVerificationBuilder>? build = null)
    {
        var services = new ServiceCollection();
        var builder = services
            .AddDomainVerification(options => options.AllowUnlistedSuffixes = true)
            .UseDnsProofChecker<InstantChecker>()
            .UseIdentityProvisioner<PresentProvisioner>();
        build?.Invoke(builder);
        return services.BuildServiceProvider();
    }
}
