namespace DomainVerification;

/// <summary>How a proof is published.</summary>
public enum ProofMethod
{
    /// <summary>A TXT record at an underscore label of the domain.</summary>
    DnsTxt,

    /// <summary>A CNAME record at an underscore label of the domain whose target holds the token.</summary>
    DnsCname,
}
