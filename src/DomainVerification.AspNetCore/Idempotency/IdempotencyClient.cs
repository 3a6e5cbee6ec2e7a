using Microsoft.AspNetCore.Http;

namespace DomainVerification.AspNetCore;

/// <summary>Whose key it is. Equal keys of two clients have nothing to do with each other.</summary>
/// <param name="Tenant">The tenant; empty where the host has none.</param>
/// <param name="Principal">
/// The user or the API key that the request was authenticated with. Give the identifier of an API key and not the key: what is kept is a
/// digest, but logs of the host may not be.
/// </param>
public sealed record IdempotencyClient(string Tenant, string Principal);

/// <summary>
/// Tells whose key a request carries, by what the server knows of the client and never by what the body says. The default takes the
/// signed-in user and, where the host has the claim API, the owner and the actor of its <see cref="IClaimantAccessor"/>. Replace it with <c>UseIdempotencyClientAccessor</c>.
/// </summary>
public interface IIdempotencyClientAccessor
{
    /// <summary>
    /// The client, or <see langword="null"/> where it is not known: then a request with a key is refused with 401
    /// <see cref="IdempotencyErrorCodes.ClientUnknown"/>, because strangers that share keys could read each other's responses.
    /// </summary>
    /// <param name="context">The request, authenticated and authorized.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    ValueTask<IdempotencyClient?> GetClientAsync(HttpContext context, CancellationToken cancellationToken);
}
