namespace DomainVerification.Email;

/// <summary>
/// The sending identities of claims, for the host. Every call names a claim of an owner: another owner's is answered as if it did not
/// exist, and only the identities of the holding that stands now are ever seen. Expected refusals are values with a stable code; exceptions
/// are for bugs and outages. Safe for parallel use.
/// </summary>
public interface ISendingIdentities
{
    /// <summary>
    /// Lists the identities of a claim, marketing before transactional in each region; none where the claim does not hold its domain, or
    /// they are not made yet.
    /// </summary>
    /// <param name="claim">Which claim.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<SendingIdentityResult> ListAsync(ClaimReference claim, CancellationToken cancellationToken = default);

    /// <summary>Reads one identity.</summary>
    /// <param name="claim">Which claim.</param>
    /// <param name="identityId">Its <see cref="SendingIdentity.Id"/>.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<SendingIdentityResult> GetAsync(ClaimReference claim, string identityId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Looks for the records of all identities now, and says where they stand. The worker goes on looking afterwards. An identity that
    /// failed gets another try.
    /// </summary>
    /// <param name="claim">Which claim.</param>
    /// <param name="cancellationToken">Ends the call early; then nothing changed.</param>
    Task<SendingIdentityResult> VerifyAsync(ClaimReference claim, CancellationToken cancellationToken = default);

    /// <summary>Lists what the host publishes in its own zone for a claim; nothing where keys are published as TXT.</summary>
    /// <param name="claim">Which claim.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<IReadOnlyList<HostKeyRecord>> ListHostRecordsAsync(ClaimReference claim, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes a new DKIM key beside the one that signs. The old one goes on signing until the new one is found in DNS, and then stays
    /// published for <see cref="EmailIdentityOptions.RotationOverlap"/>. Refused with
    /// <see cref="SendingIdentityErrorCodes.RotationUnderWay"/> while a new key waits already, and with
    /// <see cref="SendingIdentityErrorCodes.TooManyKeys"/> while four replaced ones are published still.
    /// </summary>
    /// <param name="claim">Which claim.</param>
    /// <param name="identityId">Which identity.</param>
    /// <param name="cancellationToken">Ends the call early; then nothing changed.</param>
    Task<SendingIdentityResult> RotateKeyAsync(ClaimReference claim, string identityId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives up a new key that was not found in DNS yet; the old one goes on signing. Refused with
    /// <see cref="SendingIdentityErrorCodes.NoRotation"/> where none waits.
    /// </summary>
    /// <param name="claim">Which claim.</param>
    /// <param name="identityId">Which identity.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<SendingIdentityResult> CancelRotationAsync(ClaimReference claim, string identityId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Keeps an identity from sending, by the host's own rules about bounces and complaints. Its records are looked at as before.
    /// Suspending again replaces the reason.
    /// </summary>
    /// <param name="claim">Which claim.</param>
    /// <param name="identityId">Which identity.</param>
    /// <param name="reason">Why: 1 to 256 characters of well-formed UTF-16 without U+0000.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="ArgumentException">The reason is not such a text.</exception>
    Task<SendingIdentityResult> SuspendAsync(
        ClaimReference claim,
        string identityId,
        string reason,
        CancellationToken cancellationToken = default);

    /// <summary>Ends a suspension. The identity then stands where its records are.</summary>
    /// <param name="claim">Which claim.</param>
    /// <param name="identityId">Which identity.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<SendingIdentityResult> ResumeAsync(ClaimReference claim, string identityId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Plans all that a claim wants in DNS: its proof, where the token can be shown, and the records of its identities, compared with what
    /// DNS holds now and ready to be shown as a zone file, JSON or text. <see langword="null"/> where the owner has no such claim.
    /// </summary>
    /// <param name="claim">Which claim.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<DnsPlan?> PlanAsync(ClaimReference claim, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives the private key to sign with: only for an identity that is verified or degraded, not suspended, and belongs to the holding
    /// that stands now.
    /// </summary>
    /// <param name="claim">Which claim.</param>
    /// <param name="identityId">Which identity.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<SigningKeyResult> GetSigningKeyAsync(ClaimReference claim, string identityId, CancellationToken cancellationToken = default);
}
