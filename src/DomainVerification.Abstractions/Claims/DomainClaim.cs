using System.Collections.ObjectModel;

namespace DomainVerification;

/// <summary>
/// One owner's claim to one domain, as an immutable record. A change is a new record with the next <see cref="Version"/>, written through
/// <see cref="IClaimStore.CommitAsync"/>.
/// </summary>
public sealed record DomainClaim
{
    /// <summary>The identity of the claim.</summary>
    public required ClaimId Id { get; init; }

    /// <summary>The name of the profile whose rules apply; empty for the default profile.</summary>
    public required string Profile { get; init; }

    /// <summary>
    /// The host's identifier of the tenant that claims. Compared ordinally; at most <see cref="MaximumOwnerLength"/> characters.
    /// </summary>
    public required string Owner { get; init; }

    /// <summary>The domain that is claimed.</summary>
    public required DomainName Domain { get; init; }

    /// <summary>Where the claim stands.</summary>
    public required ClaimStatus Status { get; init; }

    /// <summary>Whether holding this claim keeps all others of the profile from holding the domain; set when the claim is made.</summary>
    public DomainExclusivity Exclusivity { get; init; }

    /// <summary>What the owner must publish, and how a published value is recognised.</summary>
    public required Challenge Challenge { get; init; }

    /// <summary>
    /// Tokens that earlier challenges of this owner for this domain used, newest first, at most <see cref="MaximumSpentTokens"/>. They are
    /// dead for ever; they are kept so that a leftover record can be named as one.
    /// </summary>
    public IReadOnlyList<SpentToken> SpentTokens { get; init; } = [];

    /// <summary>The newest successful proof, or <see langword="null"/> where control was never proved.</summary>
    public ClaimProof? Proof { get; init; }

    /// <summary>The newest check, whatever its outcome, or <see langword="null"/> before the first.</summary>
    public ClaimCheck? LastCheck { get; init; }

    /// <summary>How many checks were answered and did not prove control. Checks that could not ask do not count.</summary>
    public int Attempts { get; init; }

    /// <summary>How many re-checks the worker has made: its place on the back-off ladder.</summary>
    public int Rechecks { get; init; }

    /// <summary>
    /// When the worker must look at the claim next, for a re-check or to let it expire; <see langword="null"/> for never.
    /// </summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>
    /// The fencing number that the claim got when it last came to hold the domain; 0 where it never held. Each new holding of a (profile,
    /// domain) has a higher epoch than all before it; work for a lower epoch is void.
    /// </summary>
    public long Epoch { get; init; }

    /// <summary>
    /// The identities that were provisioned for <see cref="Epoch"/>, in the order of the steps of <see cref="Provisioning"/>, whichever
    /// provisioner ended first; empty where there are none.
    /// </summary>
    public IReadOnlyList<ProvisionedIdentity> Identities { get; init; } = [];

    /// <summary>
    /// How far each provisioner is with the identities for <see cref="Epoch"/>; empty where there is nothing to make.
    /// </summary>
    public IReadOnlyList<ProvisioningStep> Provisioning { get; init; } = [];

    /// <summary>
    /// Why the identities for <see cref="Epoch"/> could not be made: the error of the first step of <see cref="Provisioning"/> that failed;
    /// <see langword="null"/> where they are made, on their way, or not to be made. Claiming or confirming the domain once more tries
    /// again.
    /// </summary>
    public DomainVerificationError? ProvisioningError => Provisioning.FirstOrDefault(step => step.Error is not null)?.Error;

    /// <summary>
    /// The newest attempt of this claim to take the domain over from another owner; <see langword="null"/> where the domain was free, or
    /// nobody asked.
    /// </summary>
    public ClaimTransfer? Transfer { get; init; }

    /// <summary>Whether the proof still stands; <see langword="null"/> where nobody watches it.</summary>
    public ClaimHealth? Health { get; init; }

    /// <summary>
    /// What the host, or a later version of the SDK, keeps with the claim: up to <see cref="MaximumProperties"/> names of up to 64
    /// characters with values of up to 1,024. Stores keep them as they are; names are compared ordinally.
    /// </summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>
    /// The number of this state of the claim: 1 when it is created, one more with each change. Each check is a change too, even where it
    /// finds nothing and leaves no event: the worker's re-checks move the version.
    /// </summary>
    public required long Version { get; init; }

    /// <summary>When the claim was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made the claim.</summary>
    public required ClaimActor CreatedBy { get; init; }

    /// <summary>When the claim last changed, UTC.</summary>
    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Who last changed the claim.</summary>
    public required ClaimActor ModifiedBy { get; init; }

    /// <summary>The length of the longest owner, and of the longest identifier of an actor, in characters.</summary>
    public const int MaximumOwnerLength = 256;

    /// <summary>How many properties a claim can have.</summary>
    public const int MaximumProperties = 32;

    /// <summary>How many spent tokens a claim remembers.</summary>
    public const int MaximumSpentTokens = 8;
}
