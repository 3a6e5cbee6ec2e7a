namespace DomainVerification.Email;

/// <summary>How customers publish DKIM keys.</summary>
public enum DkimMode
{
    /// <summary>As a TXT record with the key in it. Each rotation asks the customer for a new record.</summary>
    Txt,

    /// <summary>
    /// As CNAME records that point into the host's zone: one for the selector that signs and a spare one for the next key, so that rotating
    /// asks nothing of the customer.
    /// </summary>
    Cname,
}
