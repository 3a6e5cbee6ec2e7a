using DomainVerification.Email.Status.Internal;

namespace DomainVerification.Email.Identities.Internal;

/// <summary>Shows what is kept as the host sees it.</summary>
internal static class IdentityView
{
    public static SendingIdentity Of(DomainClaim claim, StoredIdentity identity) => new()
    {
        Id = identity.Id,
        ClaimId = claim.Id,
        Epoch = claim.Epoch,
        Domain = claim.Domain,
        Kind = identity.Kind,
        Region = identity.Region,
        RegionName = identity.RegionName,
        Status = StatusOf(identity),
        DkimStatus = IdentityLifecycle.DkimStatusOf(identity),
        MailFromDomain = identity.MailFromDomain,
        MailFromStatus = IdentityLifecycle.MailFromStatusOf(identity),
        DnsRecords = [.. identity.Records.Select(record => Of(identity, record))],
        Selectors =
        [
            .. identity.Selectors
                .OrderBy(selector => selector.State)
                .Select(selector => new DkimSelector(
                    selector.Name,
                    selector.State,
                    selector.Key?.CreatedAt ?? selector.Since,
                    selector.RetireAt)),
        ],
        OwnershipVerified = claim.Health?.State != ProofHealth.Lapsed,
        OpenTracking = identity.OpenTracking,
        ClickTracking = identity.ClickTracking,
        BrandedTracking = identity.Records.Any(record =>
            record is { Purpose: SendingRecordPurpose.Tracking, Status: SendingRecordStatus.Verified }),
        CreatedAt = identity.CreatedAt,
        VerifiedAt = identity.VerifiedAt,
        CheckedAt = identity.CheckedAt,
        NextCheckAt = identity.NextCheckAt,
        Suspension = identity.Suspension,
    };

    /// <summary>A suspension covers what the records say.</summary>
    public static SendingStatus StatusOf(StoredIdentity identity) =>
        identity.Suspension is null ? identity.Status : SendingStatus.Suspended;

    public static IEnumerable<HostKeyRecord> HostRecordsOf(StoredIdentity identity) =>
        identity.DkimZone is not { } zone
            ? []
            : identity.Selectors
                .Where(selector => selector.Key is not null)
                .Select(selector => new HostKeyRecord(
                    IdentityNames.DkimTarget(selector.Name, zone),
                    IdentityFactory.KeyText(selector.Key),
                    identity.Id,
                    selector.RetireAt));

    private static SendingRecord Of(StoredIdentity identity, StoredRecord record) => new()
    {
        Type = record.Type,
        Name = record.Name,
        Value = record.Value,
        Priority = record.Priority,
        Status = record.Status,
        Purpose = record.Purpose,
        IsOptional = !IdentityLifecycle.IsRequired(identity, record),
        Selector = record.Selector,
        Problem = record.Problem,
        CheckedAt = record.CheckedAt,
        SeenAt = record.SeenAt,
        RemoveAfter = RemoveAfter(identity, record),
    };

    /// <summary>An alias stays: it will be the spare one.</summary>
    private static DateTimeOffset? RemoveAfter(StoredIdentity identity, StoredRecord record) => identity.DkimZone is null
        ? identity.Selectors.FirstOrDefault(selector => selector.Name == record.Selector)?.RetireAt
        : null;
}
