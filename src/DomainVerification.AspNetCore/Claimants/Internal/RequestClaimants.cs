using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.AspNetCore.Claimants.Internal;

/// <summary>
/// Asks the host's accessor once a request, so that all that decides about a request (whose key it carries, whose claims it sees) decides
/// about the same claimant.
/// </summary>
internal static class RequestClaimants
{
    /// <summary>Whom the request acts for; <see langword="null"/> for nobody, also where the host has no accessor.</summary>
    public static async ValueTask<Claimant?> FindClaimantAsync(HttpContext http)
    {
        // An error page that the request is executed again with is another endpoint, and asks again.
        var endpoint = http.GetEndpoint();
        if (http.Features.Get<Known>() is { } known && ReferenceEquals(known.Endpoint, endpoint))
        {
            return known.Claimant;
        }

        var claimant = http.RequestServices.GetService<IClaimantAccessor>() is { } accessor
            ? await accessor.GetClaimantAsync(http, http.RequestAborted).ConfigureAwait(false)
            : null;
        http.Features.Set(new Known(endpoint, claimant));
        return claimant;
    }

    /// <summary>The operator that the request comes from; <see langword="null"/> for nobody.</summary>
    public static async ValueTask<ClaimActor?> FindReviewerAsync(HttpContext http)
    {
        var endpoint = http.GetEndpoint();
        if (http.Features.Get<KnownReviewer>() is { } known && ReferenceEquals(known.Endpoint, endpoint))
        {
            return known.Reviewer;
        }

        var accessor = http.RequestServices.GetRequiredService<IClaimantAccessor>();
        var reviewer = await accessor.GetReviewerAsync(http, http.RequestAborted).ConfigureAwait(false);
        http.Features.Set(new KnownReviewer(endpoint, reviewer));
        return reviewer;
    }

    private sealed record Known(Endpoint? Endpoint, Claimant? Claimant);

    private sealed record KnownReviewer(Endpoint? Endpoint, ClaimActor? Reviewer);
}
