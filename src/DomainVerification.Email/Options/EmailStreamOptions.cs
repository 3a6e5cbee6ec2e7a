namespace DomainVerification.Email;

/// <summary>What tells one stream of mail from the other.</summary>
public sealed class EmailStreamOptions
{
    /// <summary>
    /// The label of the MAIL FROM sub-domain below the claimed domain: lower-case letters, digits and inner hyphens, not
    /// both third and fourth, 1 to 30 characters.
    /// Where identities are made in several regions, <c>-{region}</c> is added to it.
    /// </summary>
    /// <value>Default: <c>news</c> for marketing, <c>send</c> for transactional.</value>
    public string MailFromLabel { get; set; } = string.Empty;

    /// <summary>
    /// What DKIM selectors begin with, with the characters of <see cref="MailFromLabel"/>, 1 to 16 of them. A selector is
    /// <c>{prefix}-{region}-{16 random characters}</c>.
    /// </summary>
    /// <value>Default: <c>mk</c> for marketing, <c>tx</c> for transactional.</value>
    public string SelectorPrefix { get; set; } = string.Empty;

    /// <summary>
    /// The label of an optional CNAME record for branded links, with the rules of <see cref="MailFromLabel"/>; <see langword="null"/> for
    /// none. Set together with <see cref="TrackingTarget"/>.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? TrackingLabel { get; set; }

    /// <summary>The host that branded links lead to. <c>{region}</c> stands for the region.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? TrackingTarget { get; set; }

    /// <summary>Whether the host tracks the opening of mail of this stream; told in each identity.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool OpenTracking { get; set; }

    /// <summary>Whether the host tracks clicks in mail of this stream; told in each identity.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool ClickTracking { get; set; }
}
