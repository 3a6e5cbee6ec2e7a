using System.Globalization;
using System.Security.Claims;

namespace Ionos;

/// <summary>
/// Who may manage the domains of a contract: its owner, its administrators, and users with the privilege. The token names the contract as
/// <c>contract</c>, the user as <c>sub</c>, the role as <c>role</c> and each privilege as <c>privilege</c>.
/// </summary>
internal static class Access
{
    public static bool MayManageDomains(ClaimsPrincipal user) =>
        user.FindAll("contract").All(contract => long.TryParse(contract.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        && user.HasClaim(claim => !string.IsNullOrWhiteSpace(claim.Value) && claim.Type == "sub")
        && (user.HasClaim("role", "owner") || user.HasClaim("role", "administrator")
            || user.HasClaim("privilege", "accessAndManageIamResources"));
}
