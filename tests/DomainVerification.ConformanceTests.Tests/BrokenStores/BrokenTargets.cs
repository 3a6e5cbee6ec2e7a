using System.Collections.Concurrent;

namespace DomainVerification.ConformanceTests.Tests.BrokenStores;

/// <summary>Keeps the target in the inner store under another one, and shows what it was.</summary>
internal abstract class RetargetedStore : WrappedStore
{
    private readonly ConcurrentDictionary<Guid, string> _targets = new();

    public override ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken)
    {
        foreach (var item in commit?.Work ?? [])
        {
            _targets[item.Id] = item.Target;
        }

        var work = commit?.Work.Select(item => item with { Target = Retarget(item) });
        return Inner.CommitAsync(commit! with { Work = [.. work!] }, cancellationToken);
    }

    public override async ValueTask<ClaimWork?> FindWorkAsync(Guid id, CancellationToken cancellationToken) =>
        await Inner.FindWorkAsync(id, cancellationToken) is { } work ? Show(work) : null;

    public override async ValueTask<WorkPage> ListWorkAsync(WorkQuery query, CancellationToken cancellationToken)
    {
        var page = await Inner.ListWorkAsync(query, cancellationToken);
        return page with { Work = [.. page.Work.Select(Show)] };
    }

    public override async ValueTask<IReadOnlyList<ClaimWork>> LeaseWorkAsync(LeaseRequest request, CancellationToken cancellationToken) =>
        [.. (await Inner.LeaseWorkAsync(request, cancellationToken)).Select(Show)];

    protected abstract string Retarget(ClaimWork work);

    private ClaimWork Show(ClaimWork work) => work with { Target = _targets[work.Id] };
}

/// <summary>Knows one queue a domain, whoever does the work.</summary>
internal sealed class IgnoredTargetStore : RetargetedStore
{
    protected override string Retarget(ClaimWork work) => string.Empty;
}

/// <summary>Spreads the work of a target over several queues, by its kind and its identity: it overtakes what was there before.</summary>
internal sealed class OutOfOrderTargetStore : RetargetedStore
{
    protected override string Retarget(ClaimWork work) =>
        work.Target.Length == 0 ? work.Target : $"{work.Target}/{work.Kind}/{work.Id.ToByteArray()[0] / 4 % 2}";
}

/// <summary>Compares targets as a case-insensitive collation does.</summary>
internal sealed class CaseInsensitiveTargetStore : RetargetedStore
{
    protected override string Retarget(ClaimWork work) => work.Target.ToUpperInvariant();
}

/// <summary>Brings every head of the domain forward, also those of targets that get nothing.</summary>
internal sealed class EagerBringForwardStore : WrappedStore
{
    public override async ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken)
    {
        var status = await Inner.CommitAsync(commit, cancellationToken);
        foreach (var item in status == ClaimCommitStatus.Committed ? commit.Work : [])
        {
            var query = new WorkQuery { Profile = item.Profile, Domain = item.Domain, IsDead = false };
            foreach (var head in (await Inner.ListWorkAsync(query, cancellationToken)).Work.Where(head => head.DueAt > item.DueAt))
            {
                // A retry that nobody asked for; refused where the work is no head.
                await Inner.CommitAsync(new ClaimCommit { Settled = [new SettledWork(head.Id, item.DueAt)] }, cancellationToken);
            }
        }

        return status;
    }
}

/// <summary>Forgets which step of a provisioner stands where: all of them become one text of the newest error.</summary>
internal sealed class ForgottenStepsStore : WrappedStore
{
    public override ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken) => Inner.CommitAsync(
        commit with
        {
            Claims = [.. commit.Claims.Select(claim => claim with { Provisioning = [.. claim.Provisioning.Where(step => step.Error is not null)] })],
        },
        cancellationToken);
}

/// <summary>Lets a claim in review stand beside another live claim of its owner, as a store does that lists the live statuses itself.</summary>
internal sealed class ForgottenReviewStore : WrappedStore
{
    public override async ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken)
    {
        foreach (var claim in commit.Claims.Where(claim => claim.Version == 1))
        {
            var newest = await Inner.FindNewestAsync(claim.Profile, claim.Owner, claim.Domain, cancellationToken);
            if (newest is { Status: ClaimStatus.InReview })
            {
                var ended = newest with { Version = newest.Version + 1, Status = ClaimStatus.Released };
                await Inner.CommitAsync(new ClaimCommit { Claims = [ended] }, cancellationToken);
            }
        }

        return await Inner.CommitAsync(commit, cancellationToken);
    }
}

/// <summary>Asks for the epoch of claims that change, and takes that of a new claim as it is.</summary>
internal sealed class UnfencedNewHolderStore : WrappedStore
{
    public override async ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken)
    {
        var claims = new List<DomainClaim>();
        foreach (var claim in commit.Claims)
        {
            var holding = await Inner.FindHoldingAsync(claim.Profile, claim.Domain, cancellationToken);
            var isNew = claim is { Version: 1, Status.Holds: true };
            claims.Add(isNew ? claim with { Epoch = Math.Max(claim.Epoch, holding.Epoch + 1) } : claim);
        }

        return await Inner.CommitAsync(commit with { Claims = claims }, cancellationToken);
    }
}
