namespace DomainVerification;

/// <summary>How a proof is published.</summary>
public enum ProofMethod
{
    /// <summary>A TXT record at an underscore label of the domain.</summary>
    DnsTxt,

    /// <summary>A CNAME record at an underscore label of the domain whose target holds the token.</summary>
    DnsCname,

    /// <summary>
    /// A file at a URL of the domain, fetched over HTTP. It proves that very host alone, never a name below it (CA/Browser Forum Baseline
    /// Requirements, section 3.2.2.4.18).
    /// </summary>
    HttpFile,
}
