namespace DomainVerification.Email.Identities.Internal;

/// <summary>The plan of all that a claim wants in DNS.</summary>
internal sealed partial class SendingIdentities
{
    public async Task<DnsPlan?> PlanAsync(ClaimReference claim, CancellationToken cancellationToken)
    {
        var asked = await claims.GetInstructionsAsync(claim, cancellationToken).ConfigureAwait(false);
        if (asked.Claim is not { } found)
        {
            return null;
        }

        var present = await FindAsync(claim, cancellationToken).ConfigureAwait(false);
        var identities = View(found, present.Holding);
        var request = new DnsPlanRequest
        {
            Domain = found.Domain,
            Records =
            [
                .. asked.Instructions is { } instructions ? [WantedRecord.FromChallenge(instructions)] : Array.Empty<WantedRecord>(),
                .. identities.SelectMany(identity => identity.DnsRecords.Where(IsToStay).Select(record => Wanted(identity, record))),
            ],
            Senders = [.. identities.Select(Sender)],
        };
        return await planner.PlanAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A key that was replaced is not to be published any more.</summary>
    private static bool IsToStay(SendingRecord record) => record.RemoveAfter is null;

    private static WantedRecord Wanted(SendingIdentity identity, SendingRecord record) => new()
    {
        Record = new IdentityRecord(record.Type, record.Name, record.Value, record.Priority),
        Purpose = record.Purpose switch
        {
            SendingRecordPurpose.Dkim => PlanPurposes.Dkim,
            SendingRecordPurpose.MailFromMx => PlanPurposes.MailFromMx,
            SendingRecordPurpose.MailFromSpf => PlanPurposes.MailFromSpf,
            SendingRecordPurpose.Tracking => PlanPurposes.Tracking,
            _ => PlanPurposes.Dmarc,
        },
        Identity = identity.Id,
        IsOptional = record.IsOptional,
    };

    private static PlannedSender Sender(SendingIdentity identity) =>
        new(identity.Domain, identity.Domain, DomainName.Parse(identity.MailFromDomain), identity.Id);
}
