using System.Text.Json.Serialization;
using DomainVerification.Email;

namespace Migma.Wire;

/// <summary>Migma's <c>SendingDomain</c>: a sending identity of the SDK under the names of its page.</summary>
internal sealed record SendingDomain(
    [property: JsonPropertyName("_id")] string Id,
    string Domain,
    string Region,
    string RegionName,
    string Status,
    string DkimStatus,
    string MailFromDomain,
    string MailFromStatus,
    IReadOnlyList<DnsRecord> DnsRecords,
    bool OwnershipVerified,
    bool OpenTracking,
    bool ClickTracking,
    bool BrandedTracking,
    DateTimeOffset CreatedAt,
    DateTimeOffset? VerifiedAt,
    bool IsManagedDomain)
{
    public static SendingDomain Of(SendingIdentity identity) => new(
        identity.Id,
        identity.Domain.Value,
        identity.Region,
        identity.RegionName,
        identity.Status.ToWireName(),
        identity.DkimStatus.ToWireName(),
        identity.MailFromDomain,
        identity.MailFromStatus.ToWireName(),
        [.. identity.DnsRecords.Select(DnsRecord.Of)],
        identity.OwnershipVerified,
        identity.OpenTracking,
        identity.ClickTracking,
        identity.BrandedTracking,
        identity.CreatedAt,
        identity.VerifiedAt,
        identity.IsManagedDomain);
}
