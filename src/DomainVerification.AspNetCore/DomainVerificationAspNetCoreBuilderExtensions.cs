using System.Diagnostics.CodeAnalysis;
using DomainVerification;
using DomainVerification.AspNetCore;
using DomainVerification.AspNetCore.Authorization.Internal;
using DomainVerification.AspNetCore.Claimants.Internal;
using DomainVerification.AspNetCore.Identities.Internal;
using DomainVerification.AspNetCore.Options.Internal;
using DomainVerification.AspNetCore.Resources.Internal;
using DomainVerification.AspNetCore.Streams.Internal;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the claim API for ASP.NET Core hosts to DomainVerification.</summary>
public static class DomainVerificationAspNetCoreBuilderExtensions
{
    /// <summary>
    /// Registers what the endpoints need: the default <see cref="IClaimantAccessor"/> and the authorization policies of
    /// <see cref="DomainVerificationPolicies"/>, unless the host adds its own. Can be called any number of times.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options.</param>
    public static DomainVerificationBuilder AddAspNetCore(
        this DomainVerificationBuilder builder,
        Action<DomainVerificationWebOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddAuthorization();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<AuthorizationOptions>, DefaultPolicies>());
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<DomainVerificationWebOptions>, WebOptionsValidator>());
        services.AddOptions<DomainVerificationWebOptions>().ValidateOnStart();
        services.TryAddScoped<IClaimantAccessor, SignedInClaimantAccessor>();
        services.TryAddSingleton<StreamSlots>();
        services.TryAddSingleton<LiveIdentities>();

        // For documents of the API: generators ask the host's serializer for the shapes.
        services.ConfigureHttpJsonOptions(options =>
        {
            if (!options.SerializerOptions.TypeInfoResolverChain.Contains(WebJson.Default))
            {
                options.SerializerOptions.TypeInfoResolverChain.Insert(0, WebJson.Default);
            }
        });
        if (configure is not null)
        {
            services.Configure(configure);
        }

        return builder;
    }

    /// <summary>
    /// Says how the endpoints learn whom a request acts for. One is made for each request, so it may use the request's services.
    /// </summary>
    /// <typeparam name="TAccessor">The host's knowledge.</typeparam>
    /// <param name="builder">The builder.</param>
    public static DomainVerificationBuilder UseClaimantAccessor<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TAccessor>(this DomainVerificationBuilder builder)
        where TAccessor : class, IClaimantAccessor
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Scoped<IClaimantAccessor, TAccessor>());
        return builder;
    }
}
