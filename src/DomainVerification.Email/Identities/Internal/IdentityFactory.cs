using DomainVerification.Dns;
using DomainVerification.Email.Keys.Internal;
using DomainVerification.Email.Status.Internal;

namespace DomainVerification.Email.Identities.Internal;

/// <summary>Makes the identities of a new holding, each with names, selectors and a key of its own.</summary>
internal sealed class IdentityFactory(DkimKeys keys, TimeProvider time)
{
    private static readonly SendingKind[] Kinds = [SendingKind.Marketing, SendingKind.Transactional];

    /// <summary>
    /// The name that would be too long for DNS (RFC 1035, section 2.3.4), were identities made; <see langword="null"/> where none is.
    /// </summary>
    public static string? TooLong(EmailIdentityOptions options, DomainName domain)
    {
        var regions = IdentityNames.UsedRegions(options);
        var names =
            from region in regions
            from kind in Kinds
            from record in Records(options, domain, kind, region, regions.Count, [Selector(options, kind, region, default)])
            select record.Name;
        return names.FirstOrDefault(name => !DnsName.TryParse(name, out _));
    }

    public async Task<EmailHolding> CreateAsync(
        HoldingKey holding,
        DomainName domain,
        EmailIdentityOptions options,
        CancellationToken cancellationToken)
    {
        List<StoredIdentity> identities = [];
        var regions = IdentityNames.UsedRegions(options);
        foreach (var region in regions)
        {
            foreach (var kind in Kinds)
            {
                identities.Add(await CreateAsync(holding, domain, options, kind, region, regions.Count, cancellationToken)
                    .ConfigureAwait(false));
            }
        }

        return new EmailHolding { Format = EmailHolding.PresentFormat, Identities = identities };
    }

    /// <summary>The record that publishes a selector: its key, or an alias into the host's zone.</summary>
    public static StoredRecord DkimRecord(DomainName domain, string? zone, StoredSelector selector)
    {
        var name = IdentityNames.DkimName(selector.Name, domain);
        return zone is null
            ? StoredRecord.New("TXT", name, KeyText(selector.Key), SendingRecordPurpose.Dkim, selector: selector.Name)
            : StoredRecord.New(
                "CNAME",
                name,
                IdentityNames.DkimTarget(selector.Name, zone),
                SendingRecordPurpose.Dkim,
                selector: selector.Name);
    }

    /// <summary>A key as DNS publishes it (RFC 6376, section 3.6.1).</summary>
    public static string KeyText(StoredKey? key) => $"v=DKIM1; k=rsa; p={key?.PublicKey}";

    private async Task<StoredIdentity> CreateAsync(
        HoldingKey holding,
        DomainName domain,
        EmailIdentityOptions options,
        SendingKind kind,
        EmailRegion region,
        int regions,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var active = Selector(options, kind, region, now);
        active = active with { Key = await keys.CreateAsync(holding, active.Name, cancellationToken).ConfigureAwait(false) };
        var settings = IdentityNames.Of(options, kind);
        var zone = options.DkimMode == DkimMode.Cname ? options.DkimZone : null;
        List<StoredSelector> selectors = [active];
        if (zone is not null)
        {
            selectors.Add(Selector(options, kind, region, now) with { State = DkimSelectorState.Spare });
        }

        return new StoredIdentity
        {
            Id = Guid.CreateVersion7(now).ToString("D"),
            Kind = kind,
            Region = region.Id,
            RegionName = region.Name,
            MailFromDomain = $"{IdentityNames.Label(settings.MailFromLabel, region.Id, regions)}.{domain.Value}",
            OpenTracking = settings.OpenTracking,
            ClickTracking = settings.ClickTracking,
            CreatedAt = now,
            DkimZone = zone,
            Status = SendingStatus.Pending,
            NextCheckAt = CheckSchedule.First(options.Checks, now),
            Selectors = selectors,
            Records = Records(options, domain, kind, region, regions, selectors),
        };
    }

    private static StoredSelector Selector(
        EmailIdentityOptions options,
        SendingKind kind,
        EmailRegion region,
        DateTimeOffset since) => new()
        {
            Name = IdentityNames.NewSelector(IdentityNames.Of(options, kind), region.Id),
            State = DkimSelectorState.Active,
            Since = since,
        };

    private static List<StoredRecord> Records(
        EmailIdentityOptions options,
        DomainName domain,
        SendingKind kind,
        EmailRegion region,
        int regions,
        IReadOnlyList<StoredSelector> selectors)
    {
        var settings = IdentityNames.Of(options, kind);
        var mailFrom = $"{IdentityNames.Label(settings.MailFromLabel, region.Id, regions)}.{domain.Value}";
        var exchange = IdentityNames.InRegion(options.MailFromMx!, region.Id);
        var spf = IdentityNames.InRegion(options.MailFromSpf!, region.Id);
        var zone = options.DkimMode == DkimMode.Cname ? options.DkimZone : null;
        List<StoredRecord> records =
        [
            .. selectors.Select(selector => DkimRecord(domain, zone, selector)),
            StoredRecord.New("MX", mailFrom, exchange, SendingRecordPurpose.MailFromMx, options.MailFromPriority),
            StoredRecord.New("TXT", mailFrom, spf, SendingRecordPurpose.MailFromSpf),
        ];
        if (settings is { TrackingLabel: { } label, TrackingTarget: { } target })
        {
            var name = $"{IdentityNames.Label(label, region.Id, regions)}.{domain.Value}";
            records.Add(StoredRecord.New("CNAME", name, IdentityNames.InRegion(target, region.Id), SendingRecordPurpose.Tracking));
        }

        if (options.DmarcAdvice is { } advice)
        {
            records.Add(StoredRecord.New("TXT", $"_dmarc.{domain.Value}", advice, SendingRecordPurpose.Dmarc));
        }

        return records;
    }
}
