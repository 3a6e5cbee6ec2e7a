using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using DomainVerification.Claims.Internal;
using DomainVerification.Dns;
using DomainVerification.Identities.Internal;
using DomainVerification.Notices.Internal;
using DomainVerification.Options.Internal;
using DomainVerification.Proofs.Http.Internal;
using DomainVerification.PublicSuffixes;
using DomainVerification.Transfers.Internal;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DomainVerification;

/// <summary>
/// Shapes the SDK: <c>Use…</c> replaces a part, <c>Add…</c> adds to a collection, in any order. Every part is a singleton. Options are
/// last-wins; parts are first-wins unless replaced here.
/// </summary>
public sealed class DomainVerificationBuilder
{
    internal DomainVerificationBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services of the host, for extensions of this builder.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public IServiceCollection Services { get; }

    /// <summary>Adds a profile, or changes one that was added before.</summary>
    /// <param name="name">
    /// The name: 1 to 256 characters of well-formed UTF-16, not blank, without a colon or U+0000, compared ordinally, kept with each claim.
    /// Two names must differ in more than case, since configuration does not tell those apart: the host would not start.
    /// </param>
    /// <param name="configure">Its rules; what configuration sets under <c>DomainVerification:Profiles:{name}</c> is applied first.</param>
    public DomainVerificationBuilder AddProfile(string name, Action<DomainVerificationOptions>? configure = null)
    {
        HostIdentifier.Require(name);
        if (name.Contains(ConfigurationPath.KeyDelimiter, StringComparison.Ordinal))
        {
            throw new ArgumentException("A profile's name is one part of a configuration key, so it must not hold a colon.", nameof(name));
        }

        if (!Services.Any(service => !service.IsKeyedService && service.ImplementationInstance is ProfileName known && known.Name == name))
        {
            Services.AddSingleton(new ProfileName(name));
        }

        Services.Configure(name, configure ?? (_ => { }));
        return this;
    }

    /// <summary>Changes the options of the DNS client.</summary>
    /// <param name="configure">The change; what configuration sets under <c>DomainVerification:Dns</c> is applied first.</param>
    public DomainVerificationBuilder ConfigureDns(Action<DnsResolverOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(configure);
        return this;
    }

    /// <summary>Changes how the files of proofs are fetched.</summary>
    /// <param name="configure">The change; what configuration sets under <c>DomainVerification:Http</c> is applied first.</param>
    public DomainVerificationBuilder ConfigureHttp(Action<HttpFileProofOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(configure);
        return this;
    }

    /// <summary>
    /// For tests: lets the connections of file checks end at a web server on 127.0.0.1. Names are looked up and addresses refused as ever,
    /// so give the host a public address; no packet goes there. No configuration can do this, and the log has a warning of it.
    /// </summary>
    /// <param name="httpPort">Where connections to port 80 end.</param>
    /// <param name="httpsPort">Where connections to port 443 end.</param>
    /// <param name="authority">What certificates must come from where they must be valid; the system's authorities where null.</param>
    public DomainVerificationBuilder RouteFileChecksToLoopbackForTesting(int httpPort, int httpsPort, X509Certificate2? authority = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(httpPort, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(httpPort, IPEndPoint.MaxPort);
        ArgumentOutOfRangeException.ThrowIfLessThan(httpsPort, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(httpsPort, IPEndPoint.MaxPort);
        Services.AddSingleton(new FileCheckRoute(httpPort, httpsPort, authority));
        return this;
    }

    /// <summary>Changes the options of the background worker.</summary>
    /// <param name="configure">The change; what configuration sets under <c>DomainVerification:Worker</c> is applied first.</param>
    public DomainVerificationBuilder ConfigureWorker(Action<DomainVerificationWorkerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(configure);
        return this;
    }

    /// <summary>Changes how many checks callers may ask for.</summary>
    /// <param name="configure">The change; what configuration sets under <c>DomainVerification:CheckLimits</c> is applied first.</param>
    public DomainVerificationBuilder ConfigureCheckLimits(Action<CheckLimitOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(configure);
        return this;
    }

    /// <summary>
    /// Replaces the store. One that is an <see cref="IIdempotencyStore"/> too keeps the idempotent requests as well, and one that is an
    /// <see cref="IHoldingStore"/> too what provisioners keep; otherwise those stay in the memory of the process until
    /// <see cref="UseIdempotencyStore{TStore}"/> or <see cref="UseHoldingStore{TStore}"/> says where to.
    /// </summary>
    /// <typeparam name="TStore">The store.</typeparam>
    public DomainVerificationBuilder UseClaimStore<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>()
        where TStore : class, IClaimStore
    {
        Services.TryAddSingleton<TStore>();
        Services.Replace(ServiceDescriptor.Singleton<IClaimStore>(provider => provider.GetRequiredService<TStore>()));
        if (typeof(TStore).IsAssignableTo(typeof(IIdempotencyStore)))
        {
            Services.Replace(ServiceDescriptor.Singleton(provider => (IIdempotencyStore)provider.GetRequiredService<TStore>()));
        }

        if (typeof(TStore).IsAssignableTo(typeof(IHoldingStore)))
        {
            Services.Replace(ServiceDescriptor.Singleton(provider => (IHoldingStore)provider.GetRequiredService<TStore>()));
        }

        return this;
    }

    /// <summary>Replaces the store of idempotent requests.</summary>
    /// <typeparam name="TStore">The store.</typeparam>
    public DomainVerificationBuilder UseIdempotencyStore<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>()
        where TStore : class, IIdempotencyStore => Use<IIdempotencyStore, TStore>();

    /// <summary>Replaces the store of what provisioners keep for their holdings.</summary>
    /// <typeparam name="TStore">The store.</typeparam>
    public DomainVerificationBuilder UseHoldingStore<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>()
        where TStore : class, IHoldingStore => Use<IHoldingStore, TStore>();

    /// <summary>Replaces the token issuer.</summary>
    /// <typeparam name="TIssuer">The issuer.</typeparam>
    public DomainVerificationBuilder UseTokenIssuer<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TIssuer>()
        where TIssuer : class, ITokenIssuer => Use<ITokenIssuer, TIssuer>();

    /// <summary>Replaces the checker of proofs in DNS.</summary>
    /// <typeparam name="TChecker">The checker.</typeparam>
    public DomainVerificationBuilder UseDnsProofChecker<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TChecker>()
        where TChecker : class, IDnsProofChecker => Use<IDnsProofChecker, TChecker>();

    /// <summary>Replaces the checker of proofs in files.</summary>
    /// <typeparam name="TChecker">The checker.</typeparam>
    public DomainVerificationBuilder UseHttpProofChecker<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TChecker>()
        where TChecker : class, IHttpProofChecker => Use<IHttpProofChecker, TChecker>();

    /// <summary>Replaces the default provisioner, the one with the empty name.</summary>
    /// <typeparam name="TProvisioner">The provisioner.</typeparam>
    public DomainVerificationBuilder UseIdentityProvisioner<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProvisioner>()
        where TProvisioner : class, IIdentityProvisioner => Use<IIdentityProvisioner, TProvisioner>();

    /// <summary>
    /// Adds a provisioner. Each makes its own identities for a holder, by its own operations and in its own time; a claim is
    /// <see cref="ClaimStatus.Claimed"/> once all of its profile are done.
    /// </summary>
    /// <typeparam name="TProvisioner">The provisioner.</typeparam>
    /// <param name="name">
    /// The name, 1 to 256 characters, kept with each claim and each operation: another name later is another provisioner. One that is added
    /// again under its name replaces the former.
    /// </param>
    public DomainVerificationBuilder AddIdentityProvisioner<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProvisioner>(string name)
        where TProvisioner : class, IIdentityProvisioner =>
        AddNamed<IIdentityProvisioner, TProvisioner>(new ProvisionerName(HostIdentifier.Require(name)), name);

    /// <summary>Adds a handler that is told of each move of each claim from now on.</summary>
    /// <typeparam name="THandler">The handler.</typeparam>
    /// <param name="name">
    /// The name, 1 to 256 characters, kept with each notice that waits: a handler that is renamed does not get those. One that is added
    /// again under its name replaces the former.
    /// </param>
    public DomainVerificationBuilder AddClaimEventHandler<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(string name)
        where THandler : class, IClaimEventHandler =>
        AddNamed<IClaimEventHandler, THandler>(new EventHandlerName(HostIdentifier.Require(name)), name);

    /// <summary>
    /// Adds a policy that profiles can name in <see cref="TransferOptions.Policies"/>. One that is added under
    /// <see cref="TransferOptions.DefaultPolicy"/> takes the place of the SDK's own.
    /// </summary>
    /// <typeparam name="TPolicy">The policy.</typeparam>
    /// <param name="name">The name, 1 to 256 characters.</param>
    public DomainVerificationBuilder AddTransferPolicy<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TPolicy>(string name)
        where TPolicy : class, ITransferPolicy =>
        AddNamed<ITransferPolicy, TPolicy>(new TransferPolicyName(HostIdentifier.Require(name)), name);

    /// <summary>Says how the SDK learns what holders use their domains for.</summary>
    /// <typeparam name="TActivity">The host's knowledge.</typeparam>
    public DomainVerificationBuilder UseHolderActivity<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TActivity>()
        where TActivity : class, IHolderActivity => Use<IHolderActivity, TActivity>();

    /// <summary>Replaces what tells watchers of a claim that it changed, for example by one that reaches other processes.</summary>
    /// <typeparam name="TSignals">The signals.</typeparam>
    public DomainVerificationBuilder UseClaimSignals<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSignals>()
        where TSignals : class, IClaimSignals => Use<IClaimSignals, TSignals>();

    /// <summary>
    /// Replaces what limits the checks that callers ask for, for example by one that counts for several processes. It has its own limits:
    /// <see cref="CheckLimitOptions"/> are those of the default.
    /// </summary>
    /// <typeparam name="TLimiter">The limiter.</typeparam>
    public DomainVerificationBuilder UseProofCheckLimiter<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TLimiter>()
        where TLimiter : class, IProofCheckLimiter => Use<IProofCheckLimiter, TLimiter>();

    /// <summary>Replaces the DNS resolver beneath the checkers.</summary>
    /// <typeparam name="TResolver">The resolver.</typeparam>
    public DomainVerificationBuilder UseDnsResolver<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TResolver>()
        where TResolver : class, IDnsResolver => Use<IDnsResolver, TResolver>();

    /// <summary>Replaces the DNS resolver beneath the checkers.</summary>
    /// <param name="resolver">The resolver.</param>
    public DomainVerificationBuilder UseDnsResolver(IDnsResolver resolver)
    {
        ArgumentNullException.ThrowIfNull(resolver);
        Services.Replace(ServiceDescriptor.Singleton(resolver));
        return this;
    }

    /// <summary>Replaces the public suffix list.</summary>
    /// <param name="list">The list; a <see cref="PublicSuffixListProvider"/> can take newer ones while the host runs.</param>
    public DomainVerificationBuilder UsePublicSuffixList(IPublicSuffixList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        Services.Replace(ServiceDescriptor.Singleton(list));
        return this;
    }

    /// <summary>Adds a checker of proofs. It is asked for the methods that it supports, before the checkers of DNS and of files.</summary>
    /// <typeparam name="TChecker">The checker.</typeparam>
    public DomainVerificationBuilder AddProofChecker<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TChecker>()
        where TChecker : class, IProofChecker
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IProofChecker, TChecker>());
        return this;
    }

    private DomainVerificationBuilder AddNamed<
        TService,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TPart>(object marker, string name)
        where TService : class
        where TPart : class, TService
    {
        if (!Services.Any(service => !service.IsKeyedService && marker.Equals(service.ImplementationInstance)))
        {
            Services.AddSingleton(marker.GetType(), marker);
        }

        Services.RemoveAllKeyed<TService>(name);
        Services.AddKeyedSingleton<TService, TPart>(name);
        return this;
    }

    private DomainVerificationBuilder Use<TService, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TPart>()
        where TService : class
        where TPart : class, TService
    {
        Services.Replace(ServiceDescriptor.Singleton<TService, TPart>());
        return this;
    }
}
