using System.Diagnostics.CodeAnalysis;

namespace DomainVerification.Email;

/// <summary>
/// What sending identities are made of, for one profile. Bound from <c>DomainVerification:Email</c> for every profile, then from
/// <c>DomainVerification:Profiles:{name}:Email</c> for that one; what code sets wins. An identity keeps the records that it was made with:
/// later changes of these options show in the next identities, and never move a record that a customer has published.
/// </summary>
public sealed class EmailIdentityOptions
{
    /// <summary>The configuration section that all profiles start from.</summary>
    public const string SectionName = DomainVerificationOptions.SectionName + ":Email";

    private const string Assigned = "Code that assigns a list wins over configuration, as it does with every other option.";

    /// <summary>
    /// The regions that the host sends from. Empty means <c>us-east-1</c>, "US East (N. Virginia)", alone. Assign a list to replace what
    /// configuration set; add to it to extend that.
    /// </summary>
    /// <value>At most 16. Default: empty.</value>
    [SuppressMessage("Usage", "CA2227:Collection properties should be read only", Justification = Assigned)]
    public IList<EmailRegion> Regions { get; set; } = [];

    /// <summary>
    /// The regions that a new holding gets identities in, by <see cref="EmailRegion.Id"/>. Empty means the first one alone.
    /// </summary>
    /// <value>At most 8. Default: empty.</value>
    [SuppressMessage("Usage", "CA2227:Collection properties should be read only", Justification = Assigned)]
    public IList<string> UsedRegions { get; set; } = [];

    /// <summary>The stream of bulk mail.</summary>
    /// <value>Default: MAIL FROM label <c>news</c>, selector prefix <c>mk</c>.</value>
    public EmailStreamOptions Marketing { get; } = new() { MailFromLabel = "news", SelectorPrefix = "mk" };

    /// <summary>The stream of mail that answers to something a person did.</summary>
    /// <value>Default: MAIL FROM label <c>send</c>, selector prefix <c>tx</c>.</value>
    public EmailStreamOptions Transactional { get; } = new() { MailFromLabel = "send", SelectorPrefix = "tx" };

    /// <summary>How customers publish DKIM keys.</summary>
    /// <value>Default: <see cref="DkimMode.Txt"/>.</value>
    public DkimMode DkimMode { get; set; }

    /// <summary>
    /// For <see cref="DkimMode.Cname"/>: the host's zone that customers' aliases point into, at most 150 characters. The host publishes
    /// there what <see cref="ISendingIdentities.ListHostRecordsAsync"/> lists.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? DkimZone { get; set; }

    /// <summary>
    /// The host that takes bounces: the target of the MX record of each MAIL FROM sub-domain. <c>{region}</c> stands for the region. Must
    /// be set.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? MailFromMx { get; set; }

    /// <summary>The preference of that MX record: 0 to 65,535.</summary>
    /// <value>Default: 10.</value>
    public int MailFromPriority { get; set; } = 10;

    /// <summary>
    /// The SPF record of each MAIL FROM sub-domain (RFC 7208), such as <c>v=spf1 include:spf.mail.example ~all</c>. <c>{region}</c> stands
    /// for the region. Must be set.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? MailFromSpf { get; set; }

    /// <summary>
    /// The DMARC record (RFC 7489) that customers without one are advised to publish; <see langword="null"/> for no advice. A record that
    /// is there already is never found wanting for its policy.
    /// </summary>
    /// <value>Default: <c>v=DMARC1; p=none;</c>.</value>
    public string? DmarcAdvice { get; set; } = "v=DMARC1; p=none;";

    /// <summary>How long a replaced DKIM key stays published after the new one signs: 1 hour to 90 days.</summary>
    /// <value>Default: 7 days, longer than mail waits in queues (RFC 5321, section 4.5.4.1).</value>
    public TimeSpan RotationOverlap { get; set; } = TimeSpan.FromDays(7);

    /// <summary>When and how records are looked for.</summary>
    public EmailCheckOptions Checks { get; } = new();
}
