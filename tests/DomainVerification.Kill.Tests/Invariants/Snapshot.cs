using DomainVerification.Kill.Host.Identities;
using DomainVerification.Kill.Host.Notices;

namespace DomainVerification.Kill.Tests.Invariants;

/// <summary>All that the store and the provisioner hold, read when nothing moves, and what the processes said of it.</summary>
internal sealed record Snapshot
{
    public IReadOnlyList<DomainClaim> Claims { get; init; } = [];

    /// <summary>The events of all claims, those of each claim in the order that the store gives them.</summary>
    public IReadOnlyList<ClaimEvent> Events { get; init; } = [];

    /// <summary>Who holds each domain, as the store answers it.</summary>
    public IReadOnlyDictionary<DomainName, DomainHolding> Holdings { get; init; } = new Dictionary<DomainName, DomainHolding>();

    /// <summary>The outbox.</summary>
    public IReadOnlyList<ClaimWork> Work { get; init; } = [];

    /// <summary>What the provisioners made and did not remove.</summary>
    public IReadOnlyList<IdentityRow> Identities { get; init; } = [];

    /// <summary>What the event handler was told, in that order.</summary>
    public IReadOnlyList<NoticeRow> Notices { get; init; } = [];

    /// <summary>The changes that callers were told of.</summary>
    public IReadOnlyCollection<Acknowledgement> Acknowledged { get; init; } = [];

    /// <summary>The changes that were to leave no event: checks that found nothing new.</summary>
    public IReadOnlySet<SilentChange> Silent { get; init; } = new HashSet<SilentChange>();

    /// <summary>Everything that is wrong; empty when every promise was kept.</summary>
    public IReadOnlyList<string> FindViolations() =>
    [
        .. OneHolder.Check(this),
        .. FinishedOperations.Check(this),
        .. HoldersIdentities.Check(this),
        .. WholeTrail.Check(this),
        .. KeptAcknowledgements.Check(this),
        .. DecidedTakeovers.Check(this),
        .. ToldEvents.Check(this),
    ];
}

/// <summary>A change that was to leave no event, whether it was written or not.</summary>
/// <param name="ClaimId">The claim.</param>
/// <param name="Version">The version that the change was to make.</param>
internal sealed record SilentChange(ClaimId ClaimId, long Version);

/// <summary>A change that a caller was told of.</summary>
/// <param name="ClaimId">The claim.</param>
/// <param name="Version">The version that the change made.</param>
/// <param name="Status">The status that the claim had then.</param>
internal sealed record Acknowledgement(ClaimId ClaimId, long Version, ClaimStatus Status);
