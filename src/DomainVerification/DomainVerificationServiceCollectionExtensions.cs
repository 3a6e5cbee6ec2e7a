using DomainVerification;
using DomainVerification.Challenges.Internal;
using DomainVerification.Claims.Internal;
using DomainVerification.Dns;
using DomainVerification.Identities.Internal;
using DomainVerification.Limits.Internal;
using DomainVerification.Names.Internal;
using DomainVerification.Notices.Internal;
using DomainVerification.Options.Internal;
using DomainVerification.Proofs.DnsOverHttps.Internal;
using DomainVerification.Proofs.Http.Internal;
using DomainVerification.Proofs.Internal;
using DomainVerification.PublicSuffixes;
using DomainVerification.Tokens.Internal;
using DomainVerification.Transfers.Internal;
using DomainVerification.Work.Internal;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers DomainVerification.</summary>
public static class DomainVerificationServiceCollectionExtensions
{
    /// <summary>
    /// Registers the whole workflow: <see cref="IDomainClaimManager"/>, <see cref="IOutbox"/>, the in-memory store, the checkers of DNS and
    /// of files, and the background worker. Options are bound from the section <c>DomainVerification</c> of the host's configuration; what code sets wins.
    /// Can be called any number of times.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">The rules of the default profile.</param>
    /// <returns>A builder to replace parts and add profiles.</returns>
    public static DomainVerificationBuilder AddDomainVerification(
        this IServiceCollection services,
        Action<DomainVerificationOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddLogging();
        services.AddOptions();
        AddConfiguration(services);
        AddParts(services);
        if (configure is not null)
        {
            services.Configure(configure);
        }

        return new DomainVerificationBuilder(services);
    }

    private static void AddConfiguration(IServiceCollection services)
    {
        if (services.Any(service => service.ImplementationType == typeof(ProfileConfiguration)))
        {
            return;
        }

        // In front of everything that the host registered or will register, so that code wins over configuration.
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<DomainVerificationOptions>, ProfileConfiguration>());
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<DomainVerificationWorkerOptions>, WorkerConfiguration>());
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<CheckLimitOptions>, CheckLimitConfiguration>());
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<DnsResolverOptions>, DnsConfiguration>());
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<HttpFileProofOptions>, HttpConfiguration>());
        services.AddSingleton<IOptionsChangeTokenSource<DomainVerificationWorkerOptions>, WorkerConfigurationChanges>();
        services.AddSingleton<IValidateOptions<DomainVerificationOptions>, DomainVerificationOptionsValidator>();
        services.AddSingleton<IValidateOptions<DomainVerificationOptions>, RegisteredPartsValidator>();
        services.AddSingleton<IValidateOptions<DomainVerificationWorkerOptions>, WorkerOptionsValidator>();
        services.AddSingleton<IValidateOptions<CheckLimitOptions>, CheckLimitOptionsValidator>();
        services.AddSingleton<IValidateOptions<DnsResolverOptions>, DnsOptionsValidator>();
        services.AddSingleton<IValidateOptions<HttpFileProofOptions>, HttpFileProofOptionsValidator>();
        services.AddOptions<DomainVerificationWorkerOptions>().ValidateOnStart();
        services.AddOptions<CheckLimitOptions>().ValidateOnStart();
        services.AddOptions<DnsResolverOptions>().ValidateOnStart();
        services.AddOptions<HttpFileProofOptions>().ValidateOnStart();
        FileClients.Add(services);
        DnsOverHttpsClients.Add(services);
    }

    private static void AddParts(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<InMemoryClaimStore>();
        services.TryAddSingleton<IClaimStore>(provider => provider.GetRequiredService<InMemoryClaimStore>());
        services.TryAddSingleton<IIdempotencyStore>(provider => provider.GetRequiredService<InMemoryClaimStore>());
        services.TryAddSingleton<IHoldingStore>(provider => provider.GetRequiredService<InMemoryClaimStore>());
        services.TryAddSingleton<ITokenIssuer, ProfileTokenIssuer>();
        services.TryAddSingleton<IDnsProofChecker, DnsProofChecker>();
        services.TryAddSingleton<IHttpProofChecker, HttpFileProofChecker>();
        services.TryAddSingleton<HostAddresses>();
        services.TryAddSingleton<FileClient>();
        services.TryAddSingleton<IIdentityProvisioner, NullIdentityProvisioner>();
        services.TryAddSingleton<IHolderActivity, UnknownHolderActivity>();
        if (!services.Any(service => service.ServiceType == typeof(TransferPolicyName)))
        {
            services.AddSingleton(new TransferPolicyName(TransferOptions.DefaultPolicy));
            services.AddKeyedSingleton<ITransferPolicy, DefaultTransferPolicy>(TransferOptions.DefaultPolicy);
        }

        services.TryAddSingleton<PublicSuffixListProvider>();
        services.TryAddSingleton<IPublicSuffixList>(provider => provider.GetRequiredService<PublicSuffixListProvider>());
        services.TryAddSingleton(provider => new ConfiguredServersResolver(
            provider.GetRequiredService<IOptions<DnsResolverOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ConfiguredServersResolver>>(),
            DnsOverHttpsClients.Handlers(provider)));
        services.TryAddSingleton(provider => new AuthoritativeResolver(
            provider.GetRequiredService<IOptions<DnsResolverOptions>>().Value,
            provider.GetRequiredService<ConfiguredServersResolver>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AuthoritativeResolver>>()));
        services.TryAddSingleton<IDnsResolver>(provider =>
            provider.GetRequiredService<IOptions<DnsResolverOptions>>().Value.EffectiveMode == DnsLookupMode.Authoritative
                ? provider.GetRequiredService<AuthoritativeResolver>()
                : provider.GetRequiredService<ConfiguredServersResolver>());
        services.TryAddSingleton(provider => new ProofCheckerSelector(
        [
            .. provider.GetServices<IProofChecker>(),
            provider.GetRequiredService<IDnsProofChecker>(),
            provider.GetRequiredService<IHttpProofChecker>(),
        ]));
        services.TryAddSingleton<DomainNamePolicy>();
        services.TryAddSingleton<ProfileRegistry>();
        services.TryAddSingleton<ProvisionerRegistry>();
        services.TryAddSingleton<EventHandlerRegistry>();
        services.TryAddSingleton<TransferPolicyRegistry>();
        services.TryAddSingleton<TransferJudge>();
        services.TryAddSingleton<IClaimSignals, InProcessClaimSignals>();
        services.TryAddSingleton<ClaimCommits>();
        services.TryAddSingleton<ClaimContenders>();
        services.TryAddSingleton<ChallengeIssuer>();
        services.TryAddSingleton<ReviewParties>();
        services.TryAddSingleton<RestoredClaims>();
        services.TryAddSingleton<OpenUndoing>();
        services.TryAddSingleton<WorkCalls>();
        services.TryAddSingleton<EndedProvisions>();
        services.TryAddSingleton<WorkerBell>();
        services.TryAddSingleton<ProvisioningWait>();
        services.TryAddSingleton<IProofCheckLimiter, ProofCheckLimiter>();
        services.TryAddSingleton<PendingClaims>();
        services.TryAddSingleton<ITransferReviews, TransferReviews>();
        services.TryAddSingleton<DomainClaimManager>();
        services.TryAddSingleton<IDomainClaimManager>(provider => provider.GetRequiredService<DomainClaimManager>());
        services.TryAddSingleton<DueClaimProcessor>();
        services.TryAddSingleton<OutboxDispatcher>();
        services.TryAddSingleton<IdempotencySweeper>();
        services.TryAddSingleton<IOutbox, OutboxOperator>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ProfileStartupValidation>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DomainVerificationWorker>());
    }
}
