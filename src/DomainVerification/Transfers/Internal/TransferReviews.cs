using DomainVerification.Claims.Internal;
using DomainVerification.Diagnostics;
using DomainVerification.Options.Internal;
using DomainVerification.Work.Internal;
using Microsoft.Extensions.Logging;

namespace DomainVerification.Transfers.Internal;

/// <summary>Lets a person see and decide the takeovers that wait for it, each decision in one commit with its audit event.</summary>
internal sealed partial class TransferReviews(
    IClaimStore store,
    ClaimCommits commits,
    ClaimContenders contenders,
    RestoredClaims restored,
    ReviewParties parties,
    EndedProvisions endedProvisions,
    ProfileRegistry profiles,
    TimeProvider time,
    ILogger<TransferReviews> logger) : ITransferReviews
{
    /// <summary>Somebody commits in every round, so only a caller with very bad luck gets a <c>version_conflict</c>.</summary>
    private const int MaximumRounds = 32;

    public async Task<TransferReviewPage> ListAsync(TransferReviewQuery? query, CancellationToken cancellationToken)
    {
        var wanted = query ?? new TransferReviewQuery();
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted.PageSize, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wanted.PageSize, TransferReviewQuery.MaximumPageSize, nameof(query));
        var page = await store.ListAsync(
            new ClaimQuery
            {
                Profile = wanted.Profile,
                Domain = wanted.Domain,
                Statuses = [ClaimStatus.InReview],
                After = wanted.After,
                PageSize = wanted.PageSize,
            },
            cancellationToken).ConfigureAwait(false);
        var reviews = new List<TransferReview>(page.Claims.Count);
        foreach (var claim in page.Claims)
        {
            reviews.Add(await ReadAsync(claim, cancellationToken).ConfigureAwait(false));
        }

        return new TransferReviewPage(reviews, page.Next);
    }

    public async Task<TransferReview?> FindAsync(ClaimId claim, CancellationToken cancellationToken) =>
        await store.FindAsync(claim, cancellationToken).ConfigureAwait(false) is { Status: ClaimStatus.InReview } found
            ? await ReadAsync(found, cancellationToken).ConfigureAwait(false)
            : null;

    public Task<TransferReviewResult> ApproveAsync(
        ClaimId claim,
        TransferReviewDecision decision,
        CancellationToken cancellationToken) =>
        DecideAsync(
            claim,
            decision,
            (found, verdict) => new ClaimCommand.ApproveReview(verdict, verdict.At + LifetimeOf(found)),
            needsHolder: true,
            cancellationToken);

    public Task<TransferReviewResult> RejectAsync(
        ClaimId claim,
        TransferReviewDecision decision,
        CancellationToken cancellationToken) =>
        DecideAsync(claim, decision, (_, verdict) => new ClaimCommand.RejectReview(verdict), needsHolder: false, cancellationToken);

    private async Task<TransferReviewResult> DecideAsync(
        ClaimId id,
        TransferReviewDecision decision,
        Func<DomainClaim, TransferVerdict, ClaimCommand> command,
        bool needsHolder,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decision);
        for (var i = 0; i < MaximumRounds; i++)
        {
            if (await store.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { Status: ClaimStatus.InReview } claim)
            {
                return TransferReviewResult.Failed(TransferReviewStatus.NotFound, TransferRefusals.NotFound);
            }

            var holding = await store.FindHoldingAsync(claim.Profile, claim.Domain, cancellationToken).ConfigureAwait(false);
            var now = time.GetUtcNow();
            var holds = TransferCases.IsAbout(claim, holding.Holder);
            var isOther = decision.ExpectedVersion is { } expected && expected != claim.Version;
            if (isOther || (needsHolder && !holds) || claim.Transfer?.Until <= now)
            {
                return TransferReviewResult.Failed(TransferReviewStatus.Refused, TransferRefusals.Stale, claim);
            }

            var sides = await SidesAsync(claim, holding.Holder, cancellationToken).ConfigureAwait(false);
            if (await IsPartyAsync(decision.Actor, claim.Profile, sides, cancellationToken).ConfigureAwait(false))
            {
                return TransferReviewResult.Failed(TransferReviewStatus.Refused, TransferRefusals.ReviewerIsParty, claim);
            }

            var verdict = new TransferVerdict(decision.Actor, now, decision.Reason);
            var decided = ClaimLifecycle.Apply(claim, command(claim, verdict), decision.Actor, now);
            if (await CommitAsync(commits.Of(decided), cancellationToken).ConfigureAwait(false))
            {
                return TransferReviewResult.Done(decided.Claim!);
            }
        }

        return TransferReviewResult.Failed(TransferReviewStatus.Conflict, ClaimRefusals.VersionConflict);
    }

    private async Task<TransferReview> ReadAsync(DomainClaim claim, CancellationToken cancellationToken)
    {
        var transfer = claim.Transfer!;
        var about = transfer.Holder!;
        var holder = await store.FindAsync(about.ClaimId, cancellationToken).ConfigureAwait(false);
        return new TransferReview
        {
            Claim = claim.Id,
            Version = claim.Version,
            Profile = claim.Profile,
            Domain = claim.Domain,
            Claimant = claim.Owner,
            ClaimantProof = claim.Proof!,
            MaskedHolder = HolderMask.Of(holder?.Owner ?? string.Empty),
            HolderClaim = about.ClaimId,
            HolderCheck = about.Check,
            HolderEvidence = about.Evidence,
            Activity = about.Activity,
            Reasons = transfer.Reasons,
            OpenedAt = transfer.OpenedAt,
            ExpiresAt = transfer.Until,
            State = holder is { Status.Holds: true } && holder.Epoch == about.Epoch ? TransferReviewState.Open : TransferReviewState.Stale,
        };
    }

    /// <summary>The claims on both sides of a case: also the holder that it was opened about, where that one holds no more.</summary>
    private async Task<IReadOnlyList<DomainClaim>> SidesAsync(DomainClaim claim, DomainClaim? holder, CancellationToken cancellationToken)
    {
        var about = claim.Transfer?.Holder is { } former && former.ClaimId != holder?.Id
            ? await store.FindAsync(former.ClaimId, cancellationToken).ConfigureAwait(false)
            : null;
        return [claim, .. new[] { holder, about }.OfType<DomainClaim>()];
    }

    private async Task<bool> IsPartyAsync(
        ClaimActor actor,
        string profile,
        IEnumerable<DomainClaim> sides,
        CancellationToken cancellationToken) =>
        OptionsOf(profile).FourEyes && await parties.IncludeAsync(actor, sides, cancellationToken).ConfigureAwait(false);

    /// <summary>The options of a profile; the defaults, which are the strict ones, where the host has dropped it.</summary>
    private TransferOptions OptionsOf(string profile) => profiles.Find(profile)?.Transfers ?? new TransferOptions();

    private TimeSpan LifetimeOf(DomainClaim claim) => OptionsOf(claim.Profile).ReviewLifetime;

    private async Task<bool> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken)
    {
        if (!await commits.TryWriteAsync(commit, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        DomainVerificationDiagnostics.Record(logger, commit.Events);
        return true;
    }
}
