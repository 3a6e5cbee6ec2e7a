using System.Security.Claims;

namespace Webex;

/// <summary>
/// Who may manage the domains of an organization: its full administrators, with a token that has one of the two scopes. The token names the
/// organization as <c>org</c>, the user as <c>sub</c>, each role as <c>role</c>, and the scopes as <c>scope</c>, separated by spaces.
/// </summary>
internal static class Access
{
    private static readonly string[] Scopes = ["identity:organizations_rw", "Identity:Organization"];

    public static bool MayManageDomains(ClaimsPrincipal user, object? resource) =>
        resource is HttpContext http
        && http.GetRouteValue("orgId") is string organization
        && user.HasClaim("org", organization)
        && user.HasClaim("role", "id_full_admin")
        && user.FindAll("scope").SelectMany(scopes => scopes.Value.Split(' ')).Intersect(Scopes, StringComparer.Ordinal).Any();
}
