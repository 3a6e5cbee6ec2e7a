using DomainVerification.Names.Internal;
using DomainVerification.Options.Internal;
using DomainVerification.Simulation.Tests.Gates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DomainVerification.Simulation.Tests.World;

/// <summary>The product's parts that keep no state, made once for all runs.</summary>
internal sealed class SimulationParts : IDisposable
{
    /// <summary>The worker claims what it proves, one provisioner, the proof is watched.</summary>
    public const string Automatic = "automatic";

    /// <summary>Two policies, a grace period, reviews, a window to undo.</summary>
    public const string Guarded = "guarded";

    /// <summary>The holder has a time in which to prove again; the proof is watched.</summary>
    public const string Reproved = "reproved";

    /// <summary>The holder's proof is looked at once; anybody may review.</summary>
    public const string Challenged = "challenged";

    /// <summary>Several hold at the same time, and nothing is made for them.</summary>
    public const string Shared = "shared";

    public const string Email = "email";
    public const string Certificates = "certs";

    private readonly ServiceProvider _services;

    public SimulationParts()
    {
        var services = new ServiceCollection();
        services
            .AddDomainVerification(options =>
            {
                Shape(options);
                options.Methods = [.. Methods];
                options.CnameZone = "verify.host.example";
            })
            .AddIdentityProvisioner<NullIdentityProvisioner>(Email)
            .AddIdentityProvisioner<NullIdentityProvisioner>(Certificates)
            .AddTransferPolicy<GatedPolicy>(GatedPolicy.Name)
            .AddProfile(Automatic, options =>
            {
                Shape(options);
                Watch(options);
                options.OnProved = ProvedAction.Claim;
                options.Recheck.Start = RecheckStart.Immediately;
                options.Provisioners = [Email];
                options.Transfers.UndoWindow = TimeSpan.FromHours(1);
            })
            .AddProfile(Guarded, options =>
            {
                Shape(options);
                options.Transfers.Policies = [TransferOptions.DefaultPolicy, GatedPolicy.Name];
                options.Transfers.GracePeriod = TimeSpan.FromMinutes(10);
                options.Transfers.UndoWindow = TimeSpan.FromHours(2);
            })
            .AddProfile(Reproved, options =>
            {
                Shape(options);
                Watch(options);
                options.OnProved = ProvedAction.Claim;
                options.Transfers.ReproveHolder = true;
                options.Transfers.ReproofWindow = TimeSpan.FromMinutes(20);
                options.Transfers.UndoWindow = TimeSpan.FromMinutes(30);
            })
            .AddProfile(Challenged, options =>
            {
                Shape(options);
                options.Transfers.ReproveHolder = true;
                options.Transfers.FourEyes = false;
                options.Provisioners = [Certificates];
            })
            .AddProfile(Shared, options =>
            {
                Shape(options);
                options.Exclusivity = DomainExclusivity.Shared;
                options.Provisioners = [];
            })
            .ConfigureCheckLimits(limits => limits.PerDomain = limits.PerOwner = limits.Total = 0)
            .ConfigureWorker(options => options.MaximumAttempts = 3);
        _services = services.BuildServiceProvider();
        Names = _services.GetRequiredService<DomainNamePolicy>();
        Profiles = _services.GetRequiredService<ProfileRegistry>();
        Limiter = _services.GetRequiredService<IProofCheckLimiter>();
        Worker = _services.GetRequiredService<IOptionsMonitor<DomainVerificationWorkerOptions>>();
    }

    /// <summary>The provisioners, by the names that they are registered under.</summary>
    public static IReadOnlyList<string> Provisioners { get; } = [Email, Certificates];

    /// <summary>The event handlers, by the names that they are registered under.</summary>
    public static IReadOnlyList<string> Handlers { get; } = ["mailer", "billing"];

    /// <summary>The methods of the profile without a name, between which owners move.</summary>
    public static IReadOnlyList<ProofMethod> Methods { get; } = [ProofMethod.DnsTxt, ProofMethod.DnsCname];

    public DomainNamePolicy Names { get; }

    public ProfileRegistry Profiles { get; }

    public IProofCheckLimiter Limiter { get; }

    public IOptionsMonitor<DomainVerificationWorkerOptions> Worker { get; }

    public void Dispose() => _services.Dispose();

    private static void Shape(DomainVerificationOptions options)
    {
        options.AllowUnlistedSuffixes = true;
        options.MaximumPendingClaims = 0;
        options.ChallengeLifetime = TimeSpan.FromHours(12);
        options.ProofFreshness = TimeSpan.FromHours(6);
        options.Transfers.ActiveWithin = TimeSpan.FromMinutes(45);
        options.Transfers.ReviewLifetime = TimeSpan.FromHours(2);
    }

    private static void Watch(DomainVerificationOptions options)
    {
        options.Watch.Enabled = true;
        options.Watch.Interval = TimeSpan.FromMinutes(30);
        options.Watch.RetryInterval = TimeSpan.FromMinutes(5);
        options.Watch.Misses = 2;
        options.Watch.GracePeriod = TimeSpan.FromMinutes(20);
    }
}
