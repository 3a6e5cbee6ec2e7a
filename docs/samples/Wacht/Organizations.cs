using System.Security.Claims;
using DomainVerification;
using DomainVerification.AspNetCore;
using Microsoft.AspNetCore.Authorization;

namespace Wacht;

/// <summary>
/// Whose domains a request is about: those of the organization in its path, of which the signed-in user must be a member. The session has
/// the role of the user in each organization.
/// </summary>
public sealed class Organizations : IClaimantAccessor
{
    private const string Prefix = "organization:";

    public ValueTask<Claimant?> GetClaimantAsync(HttpContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult(context.Request.RouteValues["id"] is string id && RoleIn(context.User, id) is not null
            ? new Claimant(id, ClaimActor.User(context.User.FindFirstValue(ClaimTypes.NameIdentifier)!))
            : null);
    }

    public ValueTask<ClaimActor?> GetReviewerAsync(HttpContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ClaimActor?>(null);

    /// <summary>The role in the organization of the request's path.</summary>
    internal static string? RoleOf(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext http && http.Request.RouteValues["id"] is string id ? RoleIn(context.User, id) : null;

    internal static Claim Membership(string organization, string role) => new(Prefix + organization, role);

    private static string? RoleIn(ClaimsPrincipal user, string organization) => user.FindFirstValue(Prefix + organization);
}
