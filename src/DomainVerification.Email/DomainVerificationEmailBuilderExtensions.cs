using System.Diagnostics.CodeAnalysis;
using DomainVerification;
using DomainVerification.Dns;
using DomainVerification.Email;
using DomainVerification.Email.Checks.Internal;
using DomainVerification.Email.Identities.Internal;
using DomainVerification.Email.Keys.Internal;
using DomainVerification.Email.Options.Internal;
using DomainVerification.Email.Work.Internal;
using DomainVerification.PublicSuffixes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds sending identities to DomainVerification.</summary>
public static class DomainVerificationEmailBuilderExtensions
{
    /// <summary>
    /// Makes sending identities for every holder: registers the provisioner, <see cref="ISendingIdentities"/> and the worker that watches
    /// their records. Private keys are protected by ASP.NET Data Protection, which the host adds and persists with
    /// <c>services.AddDataProtection()</c>, or by what <see cref="UseKeyProtector{TProtector}"/> says; with neither the host does not
    /// start. Can be called any number of times.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">
    /// Sets the options of all profiles; what configuration sets under <c>DomainVerification:Email</c> and
    /// <c>DomainVerification:Profiles:{name}:Email</c> is applied first.
    /// </param>
    /// <param name="name">
    /// The name that the provisioner is registered under, by which a profile names the provisioners that it wants. Keep it: another name
    /// later is another provisioner.
    /// </param>
    public static DomainVerificationBuilder AddEmailIdentities(
        this DomainVerificationBuilder builder,
        Action<EmailIdentityOptions>? configure = null,
        string name = "email")
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddParts(builder.Services);
        builder.AddIdentityProvisioner<EmailIdentityProvisioner>(name);
        if (configure is not null)
        {
            builder.Services.ConfigureAll(configure);
        }

        return builder;
    }

    /// <summary>Changes the options of sending identities for one profile.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="profile">The profile; empty for the default profile.</param>
    /// <param name="configure">The change; applied in the order of the calls, after configuration.</param>
    public static DomainVerificationBuilder ConfigureEmailIdentities(
        this DomainVerificationBuilder builder,
        string profile,
        Action<EmailIdentityOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddSingleton(new EmailProfile(profile));
        builder.Services.Configure(profile, configure);
        return builder;
    }

    /// <summary>
    /// Replaces what protects the private keys of sending identities. Keys that another one protected cannot be read any more.
    /// </summary>
    /// <typeparam name="TProtector">The protector.</typeparam>
    /// <param name="builder">The builder.</param>
    public static DomainVerificationBuilder UseKeyProtector<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProtector>(this DomainVerificationBuilder builder)
        where TProtector : class, IKeyProtector
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Singleton<IKeyProtector, TProtector>());
        return builder;
    }

    private static void AddParts(IServiceCollection services)
    {
        if (services.Any(service => service.ImplementationType == typeof(EmailOptionsConfiguration)))
        {
            return;
        }

        // In front of everything that the host registered or will register, so that code wins over configuration.
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<EmailIdentityOptions>, EmailOptionsConfiguration>());
        services.AddSingleton<IValidateOptions<EmailIdentityOptions>, EmailOptionsValidator>();
        services.TryAddSingleton<IKeyProtector>(DefaultProtector);
        services.TryAddSingleton<Holdings>();
        services.AddOptions<DnsPlannerOptions>()
            .Validate(options => options.Validate().Count == 0, "DnsPlannerOptions are out of their ranges.")
            .ValidateOnStart();
        services.TryAddSingleton<IDnsPlanner>(provider => new DnsPlanner(
            provider.GetRequiredService<IDnsResolver>(),
            provider.GetRequiredService<IPublicSuffixList>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<DnsPlannerOptions>>().Value));
        services.TryAddSingleton<DkimKeys>();
        services.TryAddSingleton<IdentityFactory>();
        services.TryAddSingleton<RecordChecker>();
        services.TryAddSingleton<HoldingChecker>();
        services.TryAddSingleton<DueHoldingProcessor>();
        services.TryAddSingleton<ISendingIdentities, SendingIdentities>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EmailStartupValidation>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SendingIdentityWorker>());
    }

    private static DataProtectionKeyProtector DefaultProtector(IServiceProvider services) =>
        services.GetService<IDataProtectionProvider>() is { } provider
            ? new DataProtectionKeyProtector(provider)
            : throw new InvalidOperationException(
                "The private keys of sending identities need protection. Call services.AddDataProtection() and persist its key ring, "
                + "or call UseKeyProtector<T>() with a protector of your own.");
}
