namespace DomainVerification.Email;

/// <summary>How one identity sends, as far as DMARC alignment needs to know (RFC 7489, section 3.1).</summary>
/// <param name="FromDomain">The domain of the From header that people see.</param>
/// <param name="DkimDomain">The <c>d=</c> of its signatures; <see langword="null"/> where it does not sign.</param>
/// <param name="MailFromDomain">The domain of its MAIL FROM; <see langword="null"/> where it is not the customer's.</param>
/// <param name="Identity">The id of the identity; <see langword="null"/> where it has none.</param>
public sealed record PlannedSender(
    DomainName FromDomain,
    DomainName? DkimDomain,
    DomainName? MailFromDomain = null,
    string? Identity = null);
