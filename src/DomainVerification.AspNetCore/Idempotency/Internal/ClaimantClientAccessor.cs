using System.Globalization;
using System.Security.Claims;
using DomainVerification.AspNetCore.Claimants.Internal;
using DomainVerification.AspNetCore.Endpoints.Internal;
using Microsoft.AspNetCore.Http;

namespace DomainVerification.AspNetCore.Idempotency.Internal;

/// <summary>
/// The signed-in user, and with it the claimant where the host has the claim API: a user who acts for two owners has keys of its own for
/// each, or it would be told the first owner's response when it asks for the second.
/// </summary>
internal sealed class ClaimantClientAccessor : IIdempotencyClientAccessor
{
    public async ValueTask<IdempotencyClient?> GetClientAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var isReview = context.GetEndpoint()?.Metadata.GetMetadata<ReviewGroup>() is not null;
        var claimant = isReview ? null : await RequestClaimants.FindClaimantAsync(context).ConfigureAwait(false);
        var actor = isReview ? await RequestClaimants.FindReviewerAsync(context).ConfigureAwait(false) : claimant?.Actor;
        var user = UserOf(context.User);
        return user is null && actor is null
            ? null
            : new IdempotencyClient(
                Join(claimant?.Owner, user?.Issuer),
                Join(actor?.Kind.ToString(), actor?.Id, user?.Subject?.AuthenticationType, user?.Value));
    }

    /// <summary>
    /// What names the user, from an identity that was authenticated. How it was counts too: an API key and a user may have the same number.
    /// </summary>
    private static Claim? UserOf(ClaimsPrincipal user)
    {
        var identities = user.Identities.Where(identity => identity.IsAuthenticated).ToList();
        return identities.Select(identity => identity.FindFirst(ClaimTypes.NameIdentifier))
            .Concat(identities.Select(identity => identity.FindFirst("sub")))
            .FirstOrDefault(claim => claim is { Value.Length: > 0 });
    }

    /// <summary>Each part behind its length, so that no two lists of parts are joined to one text.</summary>
    private static string Join(params ReadOnlySpan<string?> parts)
    {
        var joined = string.Empty;
        foreach (var part in parts)
        {
            joined += part is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{part.Length}:{part}");
        }

        return joined;
    }
}
