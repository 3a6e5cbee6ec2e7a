using DomainVerification.AspNetCore.Endpoints.Internal;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.AspNetCore.Streams.Internal;

/// <summary>
/// Asks again what was asked when a stream began: a stream lives much longer than a request, and must not outlive the rights of its reader.
/// </summary>
internal static class StreamAccess
{
    /// <summary>The claim, where it is still there and its reader may still read it; <see langword="null"/> otherwise.</summary>
    public static async Task<DomainClaim?> ReadAgainAsync(ClaimCall call, CancellationToken cancellationToken)
    {
        // The parts of the request may have kept what they knew when it began.
        var scope = call.Http.RequestServices.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var accessor = scope.ServiceProvider.GetRequiredService<IClaimantAccessor>();
            var claimant = await accessor.GetClaimantAsync(call.Http, cancellationToken).ConfigureAwait(false);
            if (!string.Equals(claimant?.Owner, call.Claim.Owner, StringComparison.Ordinal)
                || !await IsAllowedAsync(call.Http, scope.ServiceProvider).ConfigureAwait(false))
            {
                return null;
            }
        }

        return await ReadAsync(call, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The claim as it is now.</summary>
    public static async Task<DomainClaim?> ReadAsync(ClaimCall call, CancellationToken cancellationToken)
    {
        var found = await call.Manager.GetAsync(call.Reference, cancellationToken).ConfigureAwait(false);
        return found.Claim;
    }

    /// <summary>When what the reader signed in with runs out; <see langword="null"/> where nothing says.</summary>
    public static DateTimeOffset? ExpiryOf(HttpContext http) =>
        http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc;

    private static async Task<bool> IsAllowedAsync(HttpContext http, IServiceProvider services)
    {
        var metadata = http.GetEndpoint()!.Metadata;
        if (metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return true;
        }

        var policy = await AuthorizationPolicy.CombineAsync(
            services.GetRequiredService<IAuthorizationPolicyProvider>(),
            metadata.GetOrderedMetadata<IAuthorizeData>(),
            metadata.GetOrderedMetadata<AuthorizationPolicy>()).ConfigureAwait(false);
        var requirements = metadata.GetOrderedMetadata<IAuthorizationRequirementData>()
            .SelectMany(data => data.GetRequirements())
            .Concat(policy?.Requirements ?? [])
            .ToList();
        if (requirements.Count == 0)
        {
            return true;
        }

        var decided = await services.GetRequiredService<IAuthorizationService>()
            .AuthorizeAsync(http.User, http, requirements).ConfigureAwait(false);
        return decided.Succeeded;
    }
}
