using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace DomainVerification.Kill.Host.Killing;

/// <summary>
/// The store, with a step before and after each commit and each lease. A commit that changes a claim without an event is reported first, so
/// that the test knows an event that was lost from one that never was.
/// </summary>
internal sealed class KillingClaimStore(IClaimStore store, KillSwitch steps, Reports reports) : IClaimStore
{
    private readonly ConcurrentDictionary<Guid, bool> _notices = new();

    public async ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken)
    {
        var kind = KindOf(commit);
        ReportSilentChanges(commit);
        steps.Pass(KillSteps.Before(kind));
        var committing = store.CommitAsync(commit, cancellationToken);
        if (steps.IsArmed(KillSteps.Amid(kind)))
        {
            // Somewhere between the first octet that leaves and the answer.
            Thread.Sleep(TimeSpan.FromMicroseconds(RandomNumberGenerator.GetInt32(10_000)));
            steps.Pass(KillSteps.Amid(kind));
        }

        var status = await committing;
        if (status == ClaimCommitStatus.Committed)
        {
            steps.Pass(KillSteps.After(kind));
        }

        return status;
    }

    public async ValueTask<IReadOnlyList<DomainClaim>> LeaseDueClaimsAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        steps.Pass(KillSteps.BeforeLeaseOfClaims);
        var leased = await store.LeaseDueClaimsAsync(request, cancellationToken);
        if (leased.Count > 0)
        {
            steps.Pass(KillSteps.AfterLeaseOfClaims);
        }

        return leased;
    }

    public async ValueTask<IReadOnlyList<ClaimWork>> LeaseWorkAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        steps.Pass(KillSteps.BeforeLeaseOfWork);
        var leased = await store.LeaseWorkAsync(request, cancellationToken);
        foreach (var work in leased.Where(work => work.Kind == ClaimWorkKind.Notify))
        {
            _notices[work.Id] = true;
        }

        if (leased.Count > 0)
        {
            steps.Pass(KillSteps.AfterLeaseOfWork);
        }

        return leased;
    }

    public ValueTask<DomainClaim?> FindAsync(ClaimId id, CancellationToken cancellationToken) => store.FindAsync(id, cancellationToken);

    public ValueTask<DomainClaim?> FindNewestAsync(
        string profile,
        string owner,
        DomainName domain,
        CancellationToken cancellationToken) => store.FindNewestAsync(profile, owner, domain, cancellationToken);

    public ValueTask<DomainHolding> FindHoldingAsync(string profile, DomainName domain, CancellationToken cancellationToken) =>
        store.FindHoldingAsync(profile, domain, cancellationToken);

    public ValueTask<ClaimPage> ListAsync(ClaimQuery query, CancellationToken cancellationToken) =>
        store.ListAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<ClaimEvent>> ListEventsAsync(ClaimId id, CancellationToken cancellationToken) =>
        store.ListEventsAsync(id, cancellationToken);

    public ValueTask<ClaimWork?> FindWorkAsync(Guid id, CancellationToken cancellationToken) => store.FindWorkAsync(id, cancellationToken);

    public ValueTask<WorkPage> ListWorkAsync(WorkQuery query, CancellationToken cancellationToken) =>
        store.ListWorkAsync(query, cancellationToken);

    private void ReportSilentChanges(ClaimCommit commit)
    {
        foreach (var claim in commit.Claims.ExceptBy(commit.Events.Select(item => item.ClaimId), claim => claim.Id))
        {
            reports.Write(Reports.Silent, claim.Id, claim.Version);
        }
    }

    private CommitKind KindOf(ClaimCommit commit)
    {
        var types = commit.Events.Select(item => item.Type).ToHashSet();
        return types switch
        {
            _ when types.Contains(ClaimEventTypes.Requested) => CommitKind.Request,
            _ when types.Contains(ClaimEventTypes.TransferUndone) => CommitKind.Undo,
            _ when types.Contains(ClaimEventTypes.Released) =>
                commit.Claims.Any(claim => claim.Transfer?.Verdict is not null) ? CommitKind.ApprovedTakeover : CommitKind.Takeover,
            _ when types.Contains(ClaimEventTypes.Claimed) => CommitKind.Holding,
            _ when types.Contains(ClaimEventTypes.Unclaimed) => CommitKind.Unclaiming,
            _ when types.Contains(ClaimEventTypes.ReviewOpened) => CommitKind.OpenReview,
            _ when types.Contains(ClaimEventTypes.ReviewApproved) => CommitKind.Approval,
            _ when types.Contains(ClaimEventTypes.ProvisioningAdvanced) => CommitKind.Advance,
            _ when commit.Settled.Any(item => _notices.ContainsKey(item.Id)) => CommitKind.NoticeSettlement,
            _ when commit.Settled.Count > 0 => CommitKind.Settlement,
            _ when types.Contains(ClaimEventTypes.Verified) || types.Contains(ClaimEventTypes.Reverified) => CommitKind.Proof,
            _ => CommitKind.Change,
        };
    }
}
