using DomainVerification.Names.Internal;
using DomainVerification.Options.Internal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DomainVerification.Simulation.Tests.World;

/// <summary>The product's parts that keep no state, made once for all runs.</summary>
internal sealed class SimulationParts : IDisposable
{
    public const string Automatic = "automatic";

    private readonly ServiceProvider _services;

    public SimulationParts()
    {
        var services = new ServiceCollection();
        services
            .AddDomainVerification(Shape)
            .AddProfile(Automatic, options =>
            {
                Shape(options);
                options.OnProved = ProvedAction.Claim;
                options.Recheck.Start = RecheckStart.Immediately;
            })
            .ConfigureWorker(options => options.MaximumAttempts = 3);
        _services = services.BuildServiceProvider();
        Names = _services.GetRequiredService<DomainNamePolicy>();
        Profiles = _services.GetRequiredService<ProfileRegistry>();
        Worker = _services.GetRequiredService<IOptionsMonitor<DomainVerificationWorkerOptions>>();
    }

    public DomainNamePolicy Names { get; }

    public ProfileRegistry Profiles { get; }

    public IOptionsMonitor<DomainVerificationWorkerOptions> Worker { get; }

    public void Dispose() => _services.Dispose();

    private static void Shape(DomainVerificationOptions options)
    {
        options.AllowUnlistedSuffixes = true;
        options.ChallengeLifetime = TimeSpan.FromHours(12);
        options.ProofFreshness = TimeSpan.FromHours(6);
    }
}
