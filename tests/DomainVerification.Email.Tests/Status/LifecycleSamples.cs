using DomainVerification.Email.Identities.Internal;
using DomainVerification.Email.Status.Internal;

namespace DomainVerification.Email.Tests.Status;

/// <summary>Identities and looks without keys and DNS.</summary>
internal static class LifecycleSamples
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static StoredIdentity New(DkimMode mode = DkimMode.Txt)
    {
        var zone = mode == DkimMode.Cname ? "dkim.mail.example" : null;
        List<StoredSelector> selectors = [new() { Name = "s1", State = DkimSelectorState.Active, Since = Start, Key = Key("k1") }];
        if (zone is not null)
        {
            selectors.Add(new StoredSelector { Name = "s2", State = DkimSelectorState.Spare, Since = Start });
        }

        return new StoredIdentity
        {
            Id = "i",
            Kind = SendingKind.Marketing,
            Region = "us-east-1",
            RegionName = "US East",
            MailFromDomain = "news.acme.example",
            OpenTracking = false,
            ClickTracking = false,
            CreatedAt = Start,
            DkimZone = zone,
            Status = SendingStatus.Pending,
            Selectors = selectors,
            Records =
            [
                .. selectors.Select(selector => IdentityFactory.DkimRecord(DomainName.Parse("acme.example"), zone, selector)),
                StoredRecord.New("MX", "news.acme.example", "bounce.mail.example", SendingRecordPurpose.MailFromMx, 10),
                StoredRecord.New("TXT", "news.acme.example", "v=spf1 include:spf.mail.example ~all", SendingRecordPurpose.MailFromSpf),
                StoredRecord.New("CNAME", "click.acme.example", "t.mail.example", SendingRecordPurpose.Tracking),
                StoredRecord.New("TXT", "_dmarc.acme.example", "v=DMARC1; p=none;", SendingRecordPurpose.Dmarc),
            ],
        };
    }

    public static StoredKey Key(string id) => new() { Id = id, PublicKey = id, PrivateKey = $"secret-{id}", CreatedAt = Start };

    /// <summary>The identity after a look at which each record was what <paramref name="see"/> says.</summary>
    public static StoredIdentity Look(
        this StoredIdentity identity,
        TimeSpan after,
        Func<StoredRecord, SightKind> see,
        bool isAsked = false,
        EmailIdentityOptions? options = null) => IdentityLifecycle.Look(
            identity,
            identity.Records.ToDictionary(record => RecordKey.Of(identity, record), record => Sight(see(record))),
            isAsked,
            Start + after,
            options ?? new EmailIdentityOptions());

    public static StoredIdentity Look(this StoredIdentity identity, TimeSpan after, SightKind kind, bool isAsked = false) =>
        identity.Look(after, _ => kind, isAsked);

    private static Sight Sight(SightKind kind) => kind switch
    {
        SightKind.Found => Email.Status.Internal.Sight.Found,
        SightKind.Missing => new Sight(kind, new RecordProblem(RecordProblemCodes.NotFound, "m", "f", [])),
        _ => new Sight(kind, new RecordProblem(RecordProblemCodes.Unreachable, "m", "f", [])),
    };
}
