using System.Text;
using System.Text.Json.Serialization;

namespace Webex;

/// <summary>The body of <c>getDomainVerificationToken</c>.</summary>
internal sealed record TokenRequest(string Domain);

/// <summary>The body of <c>verifyDomain</c>.</summary>
internal sealed record VerifyRequest(string Domain, bool ClaimDomain = false, bool ReserveDomain = false);

/// <summary>The body of <c>claimDomain</c>.</summary>
internal sealed record ClaimDomainsRequest(IReadOnlyList<DomainItem> Data, bool ForceDomainClaim = true, bool ClaimDomainOnly = false);

/// <summary>A structure, so that an item cannot be null.</summary>
[method: JsonConstructor]
internal readonly record struct DomainItem(string Domain);

/// <summary>The body of <c>unverifyDomain</c>.</summary>
internal sealed record UnverifyRequest(string Domain, bool RemovePending = false);

/// <summary>The body of <c>unclaimDomain</c>.</summary>
internal sealed record UnclaimRequest(string Domain)
{
    /// <summary>
    /// The domain: one of the vendor's sites wants it plain, the other in base64. A text without a dot is no domain, and base64 has none.
    /// </summary>
    [JsonIgnore]
    public string PlainDomain
    {
        get
        {
            var octets = new byte[Domain.Length];
            return !Domain.Contains('.') && Convert.TryFromBase64String(Domain, octets, out var count) && count > 0
                ? Encoding.UTF8.GetString(octets, 0, count)
                : Domain;
        }
    }
}
