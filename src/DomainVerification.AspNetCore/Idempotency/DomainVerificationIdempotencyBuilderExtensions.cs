using System.Diagnostics.CodeAnalysis;
using DomainVerification;
using DomainVerification.AspNetCore;
using DomainVerification.AspNetCore.Idempotency.Internal;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the keeping of <c>Idempotency-Key</c> requests to a host.</summary>
public static class DomainVerificationIdempotencyBuilderExtensions
{
    /// <summary>
    /// Registers what endpoints with <c>WithIdempotencyKey</c> or <c>RequireIdempotency</c> need. Requests are kept by the
    /// <see cref="IIdempotencyStore"/>, which is in the database of the claim store. Kept responses are encrypted by ASP.NET Data
    /// Protection, which the host adds and persists with <c>services.AddDataProtection()</c>, or by what
    /// <see cref="UseReplayProtector{TProtector}"/> says; with neither the host does not start. Can be called any number of times.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="defaults">
    /// How endpoints that do not say it themselves treat keys; <see langword="null"/> leaves what was said before, and that is
    /// <see cref="IdempotencyOptions.Draft"/> at first.
    /// </param>
    /// <exception cref="ArgumentException">The options are out of their ranges.</exception>
    public static DomainVerificationBuilder AddIdempotencyKeys(
        this DomainVerificationBuilder builder,
        IdempotencyOptions? defaults = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        OptionsRules.Require(defaults);
        var services = builder.Services;
        if (defaults is not null)
        {
            services.Replace(ServiceDescriptor.Singleton(new IdempotencyDefaults(defaults)));
        }

        services.TryAddSingleton(new IdempotencyDefaults(IdempotencyOptions.Draft()));
        services.TryAddSingleton<IIdempotencyClientAccessor, ClaimantClientAccessor>();
        services.TryAddSingleton<IReplayProtector>(DefaultProtector);
        services.TryAddSingleton<IdempotencyRunner>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, IdempotencyStartupValidation>());
        return builder;
    }

    /// <summary>Replaces what tells whose key a request carries, for example by its API key.</summary>
    /// <typeparam name="TAccessor">The accessor.</typeparam>
    /// <param name="builder">The builder.</param>
    public static DomainVerificationBuilder UseIdempotencyClientAccessor<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TAccessor>(this DomainVerificationBuilder builder)
        where TAccessor : class, IIdempotencyClientAccessor
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Singleton<IIdempotencyClientAccessor, TAccessor>());
        return builder;
    }

    /// <summary>
    /// Replaces what encrypts kept responses. Those that another one encrypted are answered with 409
    /// <see cref="IdempotencyErrorCodes.NotReplayable"/> until they expire.
    /// </summary>
    /// <typeparam name="TProtector">The protector.</typeparam>
    /// <param name="builder">The builder.</param>
    public static DomainVerificationBuilder UseReplayProtector<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProtector>(this DomainVerificationBuilder builder)
        where TProtector : class, IReplayProtector
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Singleton<IReplayProtector, TProtector>());
        return builder;
    }

    private static DataProtectionReplayProtector DefaultProtector(IServiceProvider services) =>
        services.GetService<IDataProtectionProvider>() is { } provider
            ? new DataProtectionReplayProtector(provider)
            : throw new InvalidOperationException(
                "The responses that are kept for idempotent requests need protection. Call services.AddDataProtection() and persist its "
                + "key ring, or call UseReplayProtector<T>() with a protector of your own.");
}
