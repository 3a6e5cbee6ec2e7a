using DomainVerification.AspNetCore;
using DomainVerification.AspNetCore.Idempotency.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Makes endpoints of the host, the SDK's or any others, safe to call again with an <c>Idempotency-Key</c>.</summary>
public static class IdempotencyEndpointConventionBuilderExtensions
{
    /// <summary>
    /// Takes a key where the request has one. Filters that stand before this call decide before the run: what they refuse is not kept, and
    /// neither is what parameter binding refuses. The endpoints of a group can each say otherwise: the innermost call counts. GET, HEAD,
    /// OPTIONS and TRACE are left alone.
    /// </summary>
    /// <typeparam name="TBuilder">The kind of builder: of an endpoint or of a group.</typeparam>
    /// <param name="builder">The endpoint or the group.</param>
    /// <param name="options">
    /// How; <see langword="null"/> for the host's default, see
    /// <see cref="DomainVerificationIdempotencyBuilderExtensions.AddIdempotencyKeys"/>.
    /// </param>
    /// <exception cref="ArgumentException">The options are out of their ranges.</exception>
    public static TBuilder WithIdempotencyKey<TBuilder>(this TBuilder builder, IdempotencyOptions? options = null)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        OptionsRules.Require(options);
        return Apply(builder, options, isRequired: false);
    }

    /// <summary>
    /// As <see cref="WithIdempotencyKey"/>, and refuses a request without a key with 400
    /// <see cref="IdempotencyErrorCodes.KeyMissing"/>.
    /// </summary>
    /// <typeparam name="TBuilder">The kind of builder: of an endpoint or of a group.</typeparam>
    /// <param name="builder">The endpoint or the group.</param>
    /// <param name="options">How; <see langword="null"/> for the host's default.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges.</exception>
    public static TBuilder RequireIdempotency<TBuilder>(this TBuilder builder, IdempotencyOptions? options = null)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        OptionsRules.Require(options);
        return Apply(builder, options, isRequired: true);
    }

    private static TBuilder Apply<TBuilder>(TBuilder builder, IdempotencyOptions? options, bool isRequired)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint =>
        {
            var defaults = endpoint.ApplicationServices.GetService<IdempotencyDefaults>() ?? throw new InvalidOperationException(
                "An endpoint takes idempotency keys, and nothing is registered to keep them. "
                + "Call services.AddDomainVerification().AddIdempotencyKeys().");
            var chosen = options ?? defaults.Options;
            var metadata = new IdempotencyKeyMetadata(isRequired ? chosen with { IsRequired = true } : chosen);
            endpoint.Metadata.Add(metadata);
            endpoint.FilterFactories.Add((_, next) => context =>
            {
                ExecutionMark.Set(context.HttpContext, metadata);
                return next(context);
            });
        });
        builder.Finally(IdempotentEndpoint.Wrap);
        return builder;
    }
}
