using System.Collections.Concurrent;

namespace DomainVerification.ConformanceTests.Tests.BrokenStores;

/// <summary>Reads what is due, and then marks it: two workers read the same.</summary>
internal sealed class DoubleLeaseStore : WrappedStore
{
    private readonly ConcurrentDictionary<ClaimId, (long Version, DateTimeOffset Until)> _leases = new();

    public override async ValueTask<IReadOnlyList<DomainClaim>> LeaseDueClaimsAsync(
        LeaseRequest request,
        CancellationToken cancellationToken)
    {
        var all = (await Inner.ListAsync(new ClaimQuery { PageSize = ClaimQuery.MaximumPageSize }, cancellationToken)).Claims;
        var due = all
            .Where(claim => claim.DueAt <= request.Now && WaitsSince(claim) <= request.Now)
            .OrderBy(WaitsSince)
            .Take(request.Maximum)
            .ToList();

        // The window between the read and the write.
        await Task.Yield();
        due.ForEach(claim => _leases[claim.Id] = (claim.Version, request.Now + request.Duration));
        return due;
    }

    private DateTimeOffset? WaitsSince(DomainClaim claim) =>
        _leases.TryGetValue(claim.Id, out var lease) && lease.Version == claim.Version && lease.Until > claim.DueAt
            ? lease.Until
            : claim.DueAt;
}

/// <summary>Leases in the order of the DueAt alone: a claim that nobody can finish is served again and again, and the rest never.</summary>
internal sealed class UnfairLeaseStore : WrappedStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ClaimId, (long Version, DateTimeOffset Until)> _leases = [];

    public override async ValueTask<IReadOnlyList<DomainClaim>> LeaseDueClaimsAsync(
        LeaseRequest request,
        CancellationToken cancellationToken)
    {
        var all = (await Inner.ListAsync(new ClaimQuery { PageSize = ClaimQuery.MaximumPageSize }, cancellationToken)).Claims;
        lock (_lock)
        {
            var due = all.Where(claim => claim.DueAt <= request.Now && !IsLeased(claim, request.Now)).OrderBy(claim => claim.DueAt);
            var leased = due.Take(request.Maximum).ToList();
            leased.ForEach(claim => _leases[claim.Id] = (claim.Version, request.Now + request.Duration));
            return leased;
        }
    }

    private bool IsLeased(DomainClaim claim, DateTimeOffset now) =>
        _leases.TryGetValue(claim.Id, out var lease) && lease.Version == claim.Version && lease.Until > now;
}

/// <summary>Hides the domain of work from the queues, so that each piece of work is a queue of its own.</summary>
internal sealed class OutboxOutOfOrderStore : WrappedStore
{
    private readonly ConcurrentDictionary<Guid, DomainName> _domains = new();

    public override ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken)
    {
        foreach (var item in commit?.Work ?? [])
        {
            _domains[item.Id] = item.Domain;
        }

        return Inner.CommitAsync(commit! with { Work = [.. commit.Work.Select(Hide)] }, cancellationToken);
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

    private static ClaimWork Hide(ClaimWork work) => work with { Domain = DomainName.Parse($"w{work.Id:N}.example") };

    private ClaimWork Show(ClaimWork work) => work with { Domain = _domains[work.Id] };
}

/// <summary>Lets a head wait for its own retry, whatever work comes behind it.</summary>
internal sealed class ForgottenBringForwardStore : WrappedStore
{
    public override async ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken)
    {
        var work = new List<ClaimWork>();
        foreach (var item in commit.Work)
        {
            var query = new WorkQuery { Profile = item.Profile, Domain = item.Domain, IsDead = false };
            var stored = (await Inner.ListWorkAsync(query, cancellationToken)).Work;
            var before = stored.Concat(work).Where(other => other.Domain == item.Domain);
            work.Add(item with { DueAt = before.Append(item).Max(other => other.DueAt) });
        }

        return await Inner.CommitAsync(commit with { Work = work }, cancellationToken);
    }
}

/// <summary>Removes work when it is leased: a worker that dies takes it along.</summary>
internal sealed class AtMostOnceStore : WrappedStore
{
    public override ValueTask<IReadOnlyList<ClaimWork>> LeaseWorkAsync(LeaseRequest request, CancellationToken cancellationToken) =>
        Inner.LeaseWorkAsync(request with { Duration = TimeSpan.FromDays(36500) }, cancellationToken);
}
