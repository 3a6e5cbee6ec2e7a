using System.Text;
using DomainVerification;

namespace Webex;

/// <summary>The answer to <c>getDomainVerificationToken</c>.</summary>
internal sealed record DomainToken(string Domain, string Token, string VerificationMethod, string Url)
{
    public static DomainToken Of(DomainClaim claim, string token) =>
        new(claim.Domain.Value, token, "DNS_TXT", Identity.ActionOf(claim.Owner, "GetToken"));
}

/// <summary>The answer to <c>verifyDomain</c> and to <c>unverifyDomain</c>: all domains of the organization.</summary>
internal sealed record OrganizationDomains(IReadOnlyList<string> VerifiedDomains, IReadOnlyList<string> ClaimedDomains, string Url)
{
    public static async Task<OrganizationDomains> ReadAsync(
        IDomainClaimManager claims,
        string organization,
        string action,
        CancellationToken cancellationToken)
    {
        var live = new ClaimQuery { Statuses = ClaimQuery.LiveStatuses };
        var all = await claims.ListAllAsync(organization, live, cancellationToken).ToListAsync(cancellationToken);
        return new OrganizationDomains(
            [.. all.Where(claim => claim.Status.IsProved).Select(claim => claim.Domain.Value)],
            [.. all.Where(claim => claim.Status.Holds).Select(claim => claim.Domain.Value)],
            Identity.ActionOf(organization, action));
    }
}

/// <summary>The answer to <c>claimDomain</c>.</summary>
internal sealed record ClaimedDomains(IReadOnlyList<ClaimedDomain> Data)
{
    public static ClaimedDomains Of(IEnumerable<DomainClaim> claims) =>
        new([.. claims.Select(claim => new ClaimedDomain(claim.Domain.Value, Identity.DomainOf(claim.Owner, claim.Domain.Value)))]);
}

internal sealed record ClaimedDomain(string Domain, string Url);

/// <summary>Addresses in the vendor's identity service, as its pages show them.</summary>
internal static class Identity
{
    private const string Root = "https://identity.webex.com";

    public static string ActionOf(string organization, string action) =>
        $"{Root}/organization/{Uri.EscapeDataString(organization)}/v1/actions/DomainVerification/{action}/invoke";

    public static string DomainOf(string organization, string domain) =>
        $"{Root}/organizations/{Uri.EscapeDataString(organization)}/v1/domains/{Convert.ToBase64String(Encoding.UTF8.GetBytes(domain))}";
}
