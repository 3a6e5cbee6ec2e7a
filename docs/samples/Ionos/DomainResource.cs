using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DomainVerification;

namespace Ionos;

/// <summary>The body of a request for a domain.</summary>
internal sealed record DomainRequest(string Domain);

/// <summary>A domain of a contract, as the API shows it.</summary>
internal sealed record DomainResource(string Id, string Type, string Href, DomainMetadata Metadata, DomainProperties Properties)
{
    private const string Message =
        "The token provided should be added to the TXT Domain Record, then request to verify the ownership. "
        + "Important: This is the only time the token will be visible to you, so please take note of it now.";

    /// <summary>The answer to a request, which alone shows the token; its address begins with <c>/domain/</c>.</summary>
    public static DomainResource Requested(DomainClaim claim, string? token)
    {
        var resource = Of(claim);
        return resource with
        {
            Href = $"/domain/{claim.Id}",
            Metadata = resource.Metadata with { Account = null },
            Properties = resource.Properties with { Token = token },
        };
    }

    public static DomainResource Of(DomainClaim claim) => new(
        claim.Id.ToString(),
        "domain",
        $"/domains/{claim.Id}",
        DomainMetadata.Of(claim),
        claim.Status.Holds
            ? new DomainProperties(null, claim.Domain.Value, "APPROVED", null)
            : new DomainProperties(null, claim.Domain.Value, "REQUESTED", Message));
}

/// <summary>Who made and last changed a domain, and when.</summary>
internal sealed record DomainMetadata(
    DateTimeOffset CreatedDate,
    string CreatedBy,
    string CreatedByUserId,
    DateTimeOffset LastModifiedDate,
    string LastModifiedBy,
    string LastModifiedByUserId,
    string ResourceURN,
    long? Account)
{
    public static DomainMetadata Of(DomainClaim claim) => new(
        ToSeconds(claim.CreatedAt),
        $"ionos:identity:::users/{claim.CreatedBy.Id}",
        claim.CreatedBy.Id,
        ToSeconds(claim.ModifiedAt),
        $"ionos:identity:::users/{claim.ModifiedBy.Id}",
        claim.ModifiedBy.Id,
        $"ionos:identity::{claim.Owner}:domains/{claim.Id}",
        long.Parse(claim.Owner, CultureInfo.InvariantCulture));

    private static DateTimeOffset ToSeconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}

/// <summary>The domain itself. The token is shown once, and the message while the proof is awaited.</summary>
internal sealed record DomainProperties(string? Token, string Domain, string Status, string? Message);

/// <summary>All domains of a contract.</summary>
internal sealed record DomainCollection(string Id, string Type, string Href, IReadOnlyList<DomainResource> Items)
{
    public static DomainCollection Of(string contract, IEnumerable<DomainClaim> claims) =>
        new(IdOf(contract).ToString(), "collection", "/domains", [.. claims.Select(DomainResource.Of)]);

    /// <summary>The page's collections have an id; one of a contract's own stays the same with every call.</summary>
    private static Guid IdOf(string contract) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"domains of {contract}")).AsSpan(0, 16));
}
