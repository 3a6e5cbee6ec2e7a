namespace DomainVerification;

/// <summary>Where the file of a proof by <see cref="ProofMethod.HttpFile"/> stands, and what it proves.</summary>
public sealed class FileProofOptions
{
    /// <summary>The place of the challenge's own id in <see cref="Path"/>.</summary>
    public const string IdPlaceholder = "{id}";

    /// <summary>
    /// Over what the file is asked for first. <see cref="FileScheme.Http"/> follows redirects to https and then takes any certificate, since
    /// the first step proves nothing of the server anyway; <see cref="FileScheme.Https"/> wants a valid one at every step and never goes
    /// back to http.
    /// </summary>
    /// <value>Default: <see cref="FileScheme.Http"/>, as RFC 8555, section 8.3: an https site that is not there yet may be another
    /// tenant's default one.</value>
    public FileScheme Scheme { get; set; }

    /// <summary>
    /// The path of the file, instead of <c>/.well-known/{provider}-challenge/{id}</c>. The id is never the token: a server that answers any
    /// path with something of it proves nothing. A path without <c>{id}</c> is the same for all owners, so only one can publish at a time.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? Path { get; set; }

    /// <summary>
    /// Lets a file on one host prove the names below it too, or another name than the requested one: whoever can put a file on that one web
    /// server gets them all. Certificate authorities may not do that (Baseline Requirements, section 3.2.2.4.18). Without it a profile that
    /// allows files must not have <see cref="ChallengeScope.Domain"/>, <see cref="ProofPlacement.RegistrableDomain"/> or
    /// <see cref="ClaimSubject.RegistrableDomain"/>.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool TrustOneHostForAllSubdomains { get; set; }
}

/// <summary>Over what a file is asked for first.</summary>
public enum FileScheme
{
    /// <summary>Port 80, without TLS.</summary>
    Http,

    /// <summary>Port 443, with a certificate that must be valid.</summary>
    Https,
}
