namespace DomainVerification;

/// <summary>
/// The whole workflow of claiming domains. Every method answers expected refusals with a <see cref="ClaimResult"/> whose
/// <see cref="ClaimResult.Error"/> has a stable code; exceptions are for bugs and outages. Each call is scoped to an owner: another owner's
/// claim is answered as if it did not exist. Safe for parallel use.
/// </summary>
public interface IDomainClaimManager
{
    /// <summary>
    /// Asks for a domain: makes a pending claim with a fresh token and says what to publish. Asking again returns the live claim of the
    /// owner unchanged.
    /// </summary>
    /// <param name="request">Who asks for which domain.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<ClaimResult> RequestAsync(ClaimRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Looks for the proof now. A claim with a fresh proof is returned unchanged without looking. Several owners may be verified for one
    /// domain; verifying takes nothing from anybody.
    /// </summary>
    /// <param name="claim">Which claim.</param>
    /// <param name="options">Who acts, and on which version.</param>
    /// <param name="cancellationToken">Ends the call early; then nothing changed.</param>
    Task<ClaimResult> VerifyAsync(ClaimReference claim, ClaimActionOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives a verified domain to its owner. A former holder is released in the same step, where the profile and its transfer policies
    /// allow that; otherwise the call is refused with <c>transfer_waiting</c>, <c>transfer_in_review</c> or <c>transfer_refused</c>, and
    /// goes on by itself in the first two cases (<see cref="DomainClaim.Transfer"/>). A claim that holds already is returned unchanged,
    /// save where its identities could not be made (<see cref="DomainClaim.ProvisioningError"/>): then they are tried again.
    /// </summary>
    /// <param name="claim">Which claim.</param>
    /// <param name="options">Who acts, and on which version.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<ClaimResult> ClaimAsync(ClaimReference claim, ClaimActionOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Looks for the proof now and, where it is found, gives the domain to its owner: verify and claim in one. A claim that holds already
    /// is answered without looking, as <see cref="ClaimAsync"/> answers it.
    /// </summary>
    /// <param name="claim">Which claim.</param>
    /// <param name="options">Who acts, and on which version.</param>
    /// <param name="cancellationToken">Ends the call early; a proof that was found by then stays found.</param>
    Task<ClaimResult> ConfirmAsync(ClaimReference claim, ClaimActionOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Gives a held domain up. The owner stays verified.</summary>
    /// <param name="claim">Which claim.</param>
    /// <param name="options">Who acts, and on which version.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<ClaimResult> UnclaimAsync(ClaimReference claim, ClaimActionOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Gives the proof up, which ends the claim and kills its token. Refused while the owner holds the domain.</summary>
    /// <param name="claim">Which claim.</param>
    /// <param name="options">Who acts, and on which version.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<ClaimResult> UnverifyAsync(
        ClaimReference claim,
        ClaimActionOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>Withdraws a request that is not proved yet.</summary>
    /// <param name="claim">Which claim.</param>
    /// <param name="options">Who acts, and on which version.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<ClaimResult> CancelAsync(ClaimReference claim, ClaimActionOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends a claim whatever its state: withdraws a pending one, gives up the proof of a verified one and of one in review, and gives a
    /// held domain up before that. A claim that has ended is returned unchanged. A held claim takes two steps, each of which commits with
    /// its own event, <c>unclaimed</c> and <c>unverified</c>; who is interrupted between them calls again.
    /// </summary>
    /// <param name="claim">Which claim.</param>
    /// <param name="options">Who acts, and on which version: the one before the first step.</param>
    /// <param name="cancellationToken">Ends the call early; then nothing changed, or the domain is given up and the owner verified.</param>
    Task<ClaimResult> EndAsync(ClaimReference claim, ClaimActionOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Replaces the token, and the method where one is given. The old token is dead at once; a proof that was found stays found.
    /// </summary>
    /// <param name="claim">Which claim.</param>
    /// <param name="method">The method of the new challenge; the present one where <see langword="null"/>.</param>
    /// <param name="options">Who acts, and on which version.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<ClaimResult> RotateTokenAsync(
        ClaimReference claim,
        ProofMethod? method = null,
        ClaimActionOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>Reads a claim.</summary>
    /// <param name="claim">Which claim.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<ClaimResult> GetAsync(ClaimReference claim, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads what to publish. <see cref="ClaimResult.Instructions"/> is <see langword="null"/> where the token was disclosed once and is
    /// not kept.
    /// </summary>
    /// <param name="claim">Which claim.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<ClaimResult> GetInstructionsAsync(ClaimReference claim, CancellationToken cancellationToken = default);

    /// <summary>
    /// Tells how far the identities of a claim are, at any moment from when it holds to when the last of a former holding is removed;
    /// <see langword="null"/> where the owner has no such claim.
    /// </summary>
    /// <param name="claim">Which claim.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<ProvisioningProgress?> GetProvisioningAsync(ClaimReference claim, CancellationToken cancellationToken = default);

    /// <summary>
    /// Waits until the identities of a held domain are made, for hosts whose answer to the owner has them in it. The worker of this process
    /// looks for work at once, so that nobody waits for its next round; where another process does the work, that one's rounds count. The
    /// work itself goes on whether anybody waits or not.
    /// </summary>
    /// <param name="claim">Which claim.</param>
    /// <param name="patience">How long to wait: zero to 1 hour; zero tells how it stands.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <returns>
    /// Done with the claim and its <see cref="DomainClaim.Identities"/>, and unchanged where they were made already. Refused with
    /// <c>provisioning_pending</c> where the patience is over, with the code of <see cref="DomainClaim.ProvisioningError"/> as soon as a
    /// provisioner has failed for good, and with <c>not_claimed</c> where the owner does not hold the domain.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The patience is out of its range.</exception>
    Task<ClaimResult> WaitForProvisioningAsync(ClaimReference claim, TimeSpan patience, CancellationToken cancellationToken = default);

    /// <summary>Lists an owner's claims.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="query">Which of them; its own owner is ignored. All where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<ClaimPage> ListAsync(string owner, ClaimQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the audit trail of a claim, oldest first; empty where the owner has no such claim.</summary>
    /// <param name="claim">Which claim.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<IReadOnlyList<ClaimEvent>> ListEventsAsync(ClaimReference claim, CancellationToken cancellationToken = default);
}
