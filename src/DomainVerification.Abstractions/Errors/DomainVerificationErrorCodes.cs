namespace DomainVerification;

/// <summary>
/// Every code that a <see cref="DomainVerificationError"/> can carry. The table in <c>docs/refusals.md</c> lists each with the input that
/// causes it and its message.
/// </summary>
public static class DomainVerificationErrorCodes
{
    /// <summary>No name was given, or only white space or characters that are not seen.</summary>
    public const string DomainEmpty = "domain_empty";

    /// <summary>A web address was given (<c>https://acme.com</c>) where a bare name is wanted.</summary>
    public const string DomainIsUrl = "domain_is_url";

    /// <summary>An e-mail address was given (<c>jo@acme.com</c>) where a bare name is wanted.</summary>
    public const string DomainIsEmail = "domain_is_email";

    /// <summary>The name carries a port (<c>acme.com:8080</c>).</summary>
    public const string DomainHasPort = "domain_has_port";

    /// <summary>The name carries a path, a query or a fragment (<c>acme.com/shop</c>).</summary>
    public const string DomainHasPath = "domain_has_path";

    /// <summary>The name holds white space.</summary>
    public const string DomainHasSpace = "domain_has_space";

    /// <summary>A wildcard (<c>*.acme.com</c>) was given where a bare name is wanted.</summary>
    public const string DomainIsWildcard = "domain_is_wildcard";

    /// <summary>The name is an IP address, also one written with full-width digits or other characters that fold to digits.</summary>
    public const string DomainIsIpAddress = "domain_is_ip_address";

    /// <summary>The name has one label only (<c>localhost</c>, <c>com</c>).</summary>
    public const string DomainIsSingleLabel = "domain_is_single_label";

    /// <summary>The last label is a number, also a hexadecimal one (<c>0x1f</c>), so browsers take the name for an IP address.</summary>
    public const string DomainEndsInNumber = "domain_ends_in_number";

    /// <summary>Two dots in a row, or a leading dot.</summary>
    public const string DomainHasEmptyLabel = "domain_has_empty_label";

    /// <summary>The name is longer than 253 characters in its ASCII form (RFC 1035, section 2.3.4).</summary>
    public const string DomainTooLong = "domain_too_long";

    /// <summary>A label is longer than 63 characters in its ASCII form (RFC 1035, section 2.3.4).</summary>
    public const string DomainLabelTooLong = "domain_label_too_long";

    /// <summary>
    /// The name holds a character that no host name may hold (UTS #46, UseSTD3ASCIIRules), or one that may not stand where it does.
    /// </summary>
    public const string DomainHasInvalidCharacter = "domain_has_invalid_character";

    /// <summary>
    /// A label starts or ends with a hyphen, or has hyphens in its third and fourth place without being an A-label (UTS #46, CheckHyphens).
    /// </summary>
    public const string DomainHasBadHyphen = "domain_has_bad_hyphen";

    /// <summary>An <c>xn--</c> label does not decode to a valid, normalised Unicode label.</summary>
    public const string DomainHasInvalidPunycode = "domain_has_invalid_punycode";

    /// <summary>The name mixes writing directions in a way that RFC 5893 forbids.</summary>
    public const string DomainBreaksBidiRule = "domain_breaks_bidi_rule";

    /// <summary>
    /// Registries hand out names below this one (<c>co.uk</c>; the ICANN division of the public suffix list), so nobody can hold it as
    /// a domain of their own (draft-ietf-dnsop-domain-verification-techniques, section 9.9).
    /// </summary>
    public const string DomainIsPublicSuffix = "domain_is_public_suffix";

    /// <summary>
    /// Strangers share the names below this one (<c>github.io</c>; the PRIVATE division of the public suffix list), so holding it needs
    /// an explicit consent of the host (draft-ietf-dnsop-domain-verification-techniques, section 9.9).
    /// </summary>
    public const string DomainIsPrivateSuffix = "domain_is_private_suffix";

    /// <summary>The top-level domain is not in the public suffix list: it does not exist, or is younger than the list in use.</summary>
    public const string DomainTldUnlisted = "domain_tld_unlisted";

    /// <summary>
    /// The domain lies under a name that never belongs to a tenant: <c>localhost</c>, <c>local</c>, <c>onion</c>, <c>arpa</c> and the like
    /// (RFC 6761).
    /// </summary>
    public const string DomainReserved = "domain_reserved";

    /// <summary>The host does not accept claims to this domain, for example of a public mail provider.</summary>
    public const string DomainDenied = "domain_denied";

    /// <summary>The profile that was asked for is not configured. A fault of the host, not of the customer.</summary>
    public const string ProfileUnknown = "profile_unknown";

    /// <summary>The profile does not allow the method of proof that was asked for.</summary>
    public const string MethodNotAllowed = "method_not_allowed";

    /// <summary>A claim with another method of proof is pending; cancel it, or rotate its token to the new method.</summary>
    public const string MethodDiffers = "method_differs";

    /// <summary>The names or values that the challenge needs would be longer than DNS allows.</summary>
    public const string ChallengeTooLong = "challenge_too_long";

    /// <summary>There is no such claim of this owner. Also the answer for another owner's claim.</summary>
    public const string ClaimNotFound = "claim_not_found";

    /// <summary>The claim changed since the caller read it, or somebody else is changing it; read it again.</summary>
    public const string VersionConflict = "version_conflict";

    /// <summary>The claim has ended and cannot change any more; a new request makes a new one.</summary>
    public const string ClaimEnded = "claim_ended";

    /// <summary>The challenge ran out before it was proved; a new request makes a new one.</summary>
    public const string ChallengeExpired = "challenge_expired";

    /// <summary>The claim is past the point where it can be withdrawn; unverify it instead.</summary>
    public const string NotPending = "not_pending";

    /// <summary>The domain must be verified first.</summary>
    public const string NotVerified = "not_verified";

    /// <summary>The owner does not hold the domain, so there is nothing to give up.</summary>
    public const string NotClaimed = "not_claimed";

    /// <summary>The owner holds the domain already.</summary>
    public const string AlreadyClaimed = "already_claimed";

    /// <summary>The owner holds the domain; it must be unclaimed before it can be unverified.</summary>
    public const string StillClaimed = "still_claimed";

    /// <summary>The proof is too old to claim the domain with; verify it again.</summary>
    public const string ProofStale = "proof_stale";

    /// <summary>Somebody holds the domain, and the profile does not let it be taken over.</summary>
    public const string DomainHeld = "domain_held";

    /// <summary>
    /// Somebody holds the domain, and the takeover waits: <see cref="ClaimTransfer.Reasons"/> says why, and
    /// <see cref="ClaimTransfer.Until"/> until when. It goes on by itself.
    /// </summary>
    public const string TransferWaiting = "transfer_waiting";

    /// <summary>Somebody holds the domain, and a person decides about the takeover. It goes on by itself.</summary>
    public const string TransferInReview = "transfer_in_review";

    /// <summary>Somebody holds the domain, and the policy of the profile lets it keep it.</summary>
    public const string TransferRefused = "transfer_refused";

    /// <summary>There is no such review: it was decided, has expired, was closed, or never was.</summary>
    public const string ReviewNotFound = "review_not_found";

    /// <summary>The case changed since the reviewer read it, or the holding that it is about has ended.</summary>
    public const string ReviewStale = "review_stale";

    /// <summary>The reviewer acts for one of the two sides, where the profile asks for somebody else.</summary>
    public const string ReviewerIsParty = "reviewer_is_party";

    /// <summary>
    /// The takeover cannot be undone: its profile has no window for that, the window is over, or the domain changed hands
    /// since.
    /// </summary>
    public const string UndoNotPossible = "undo_not_possible";

    /// <summary>Another owner claimed the domain at the same moment. Nothing changed for this one; decide anew.</summary>
    public const string DomainContested = "domain_contested";

    /// <summary>The check was answered, and the proof is not published. The report says what was seen.</summary>
    public const string ProofNotFound = "proof_not_found";

    /// <summary>The check could not be answered. Nothing changed, and no attempt was used.</summary>
    public const string ProofInconclusive = "proof_inconclusive";

    /// <summary>
    /// More checks were asked for in a short time than the host allows. No check was made, and nothing changed; ask again after the time
    /// that the result names.
    /// </summary>
    public const string CheckRateLimited = "check_rate_limited";

    /// <summary>As many claims of the owner are pending as the profile allows at once; verify or cancel one first.</summary>
    public const string TooManyPendingClaims = "too_many_pending_claims";

    /// <summary>
    /// The holding that identities were made for has ended: a result of a provisioner came too late, or its dead letter was to be replayed.
    /// </summary>
    public const string HoldingEnded = "holding_ended";

    /// <summary>
    /// The identities of a holding were not made within the time that the caller had. They are made all the same: ask again.
    /// </summary>
    public const string ProvisioningPending = "provisioning_pending";

    /// <summary>A provisioner threw an exception.</summary>
    public const string ProvisionerFaulted = "provisioner_faulted";

    /// <summary>No provisioner is registered under the name that the work was committed with.</summary>
    public const string ProvisionerUnknown = "provisioner_unknown";

    /// <summary>An event handler threw an exception.</summary>
    public const string HandlerFaulted = "handler_faulted";

    /// <summary>No event handler is registered under the name that the work was committed with.</summary>
    public const string HandlerUnknown = "handler_unknown";

    /// <summary>There is no such work in the outbox: it is finished, was discarded, or never was.</summary>
    public const string WorkNotFound = "work_not_found";

    /// <summary>The work waits for its turn, so there is nothing to replay or to discard.</summary>
    public const string WorkNotDead = "work_not_dead";

    /// <summary>A supplied public suffix list is longer than any real one.</summary>
    public const string PublicSuffixListTooLarge = "public_suffix_list_too_large";

    /// <summary>A line of a supplied public suffix list cannot be understood, or the list is no UTF-8 text.</summary>
    public const string PublicSuffixListMalformed = "public_suffix_list_malformed";

    /// <summary>A supplied public suffix list lacks a section, a well-known rule, or has too few rules to be whole.</summary>
    public const string PublicSuffixListIncomplete = "public_suffix_list_incomplete";

    /// <summary>A supplied public suffix list is older than the one in use.</summary>
    public const string PublicSuffixListOutdated = "public_suffix_list_outdated";
}
