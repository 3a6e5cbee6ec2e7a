namespace DomainVerification.Email;

/// <summary>What records of a plan are for. A host may use codes of its own beside these: lower-case words joined by underscores.</summary>
public static class PlanPurposes
{
    /// <summary>Proves control of the domain.</summary>
    public const string Proof = "proof";

    /// <summary>The public key, or the way to it, of mail signatures (RFC 6376).</summary>
    public const string Dkim = "dkim";

    /// <summary>Where bounces go: the MX record of the MAIL FROM name.</summary>
    public const string MailFromMx = "mail_from_mx";

    /// <summary>Who may send: the SPF record of the MAIL FROM name (RFC 7208).</summary>
    public const string MailFromSpf = "mail_from_spf";

    /// <summary>An SPF record elsewhere, such as at the domain itself.</summary>
    public const string Spf = "spf";

    /// <summary>The name of links and pictures that count opens and clicks.</summary>
    public const string Tracking = "tracking";

    /// <summary>What receivers do with forged mail (RFC 7489).</summary>
    public const string Dmarc = "dmarc";

    /// <summary>Anything else.</summary>
    public const string Other = "other";
}
