namespace DomainVerification;

/// <summary>What a proof covers, as its record's label says.</summary>
public enum ChallengeScope
{
    /// <summary>Left to the host's documentation: <c>_{provider}-challenge</c>.</summary>
    Unspecified,

    /// <summary>That very name: <c>_{provider}-host-challenge</c>.</summary>
    Host,

    /// <summary>The name and everything below it: <c>_{provider}-domain-challenge</c>.</summary>
    Domain,
}

/// <summary>Whether a record's name says whose it is.</summary>
public enum TenantLabel
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>Its first label is an underscore and a keyed hash of profile and owner, 80 bits in base32.</summary>
    KeyedHash,
}

/// <summary>Where the record of a proof stands.</summary>
public enum ProofPlacement
{
    /// <summary>At the claimed name.</summary>
    ExactName,

    /// <summary>At the registrable domain of the claimed name: the public suffix and one label.</summary>
    RegistrableDomain,
}

/// <summary>What a request for a name claims.</summary>
public enum ClaimSubject
{
    /// <summary>That very name.</summary>
    ExactName,

    /// <summary>Its registrable domain.</summary>
    RegistrableDomain,
}

/// <summary>What happens when somebody proves a domain that another owner holds.</summary>
public enum TakeoverRule
{
    /// <summary>The holder is released, and the new owner holds the domain.</summary>
    ByProof,

    /// <summary>
    /// The claim is refused with <c>domain_held</c> as long as the holder holds. Only who has proved the domain is told.
    /// </summary>
    Never,

    /// <summary>
    /// As <see cref="Never"/>, and requests for a held domain are refused at once, which tells anybody who asks that the domain is taken.
    /// </summary>
    RefuseRequests,

    /// <summary>
    /// As <see cref="RefuseRequests"/>, and no proof is looked for either while another owner holds the domain: verifying and confirming
    /// are refused with <c>domain_held</c>, and the worker waits. A look that began before the holder came is not taken back.
    /// </summary>
    RefuseProofs,
}

/// <summary>What the worker does when a re-check finds the proof.</summary>
public enum ProvedAction
{
    /// <summary>The claim becomes verified; claiming is a step of its own.</summary>
    Verify,

    /// <summary>The claim becomes verified and holds the domain in one step.</summary>
    Claim,
}

/// <summary>When the worker starts to look for a proof.</summary>
public enum RecheckStart
{
    /// <summary>
    /// After the owner first asked for a check. Looking before the record is published would make resolvers remember that it is missing.
    /// </summary>
    AfterFirstVerify,

    /// <summary>As soon as the token is issued.</summary>
    Immediately,
}
