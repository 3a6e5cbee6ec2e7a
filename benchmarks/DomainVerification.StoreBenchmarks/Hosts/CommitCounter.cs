using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.StoreBenchmarks.Hosts;

/// <summary>The store of a host, whose commits of claims are counted.</summary>
internal sealed class CommitCounter(IClaimStore store) : IClaimStore
{
    private int _count;
    private int _claims;

    /// <summary>How many commits there were.</summary>
    public int Count => _count;

    /// <summary>How many claims were written.</summary>
    public int Claims => _claims;

    /// <summary>Puts itself in front of the store that is registered.</summary>
    public static void Add(IServiceCollection services)
    {
        var store = services.Last(service => service.ServiceType == typeof(IClaimStore));
        services.Remove(store);
        services.AddSingleton(provider => new CommitCounter((IClaimStore)(store.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, store.ImplementationType!))));
        services.AddSingleton<IClaimStore>(provider => provider.GetRequiredService<CommitCounter>());
    }

    public async ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
        var status = await store.CommitAsync(commit, cancellationToken);
        if (status == ClaimCommitStatus.Committed)
        {
            Interlocked.Add(ref _claims, commit.Claims.Count);
        }

        return status;
    }

    public ValueTask<DomainClaim?> FindAsync(ClaimId id, CancellationToken cancellationToken) => store.FindAsync(id, cancellationToken);

    public ValueTask<DomainClaim?> FindNewestAsync(string profile, string owner, DomainName domain, CancellationToken cancellationToken) =>
        store.FindNewestAsync(profile, owner, domain, cancellationToken);

    public ValueTask<DomainHolding> FindHoldingAsync(string profile, DomainName domain, CancellationToken cancellationToken) =>
        store.FindHoldingAsync(profile, domain, cancellationToken);

    public ValueTask<ClaimPage> ListAsync(ClaimQuery query, CancellationToken cancellationToken) => store.ListAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<ClaimEvent>> ListEventsAsync(ClaimId id, CancellationToken cancellationToken) =>
        store.ListEventsAsync(id, cancellationToken);

    public ValueTask<IReadOnlyList<DomainClaim>> LeaseDueClaimsAsync(LeaseRequest request, CancellationToken cancellationToken) =>
        store.LeaseDueClaimsAsync(request, cancellationToken);

    public ValueTask<IReadOnlyList<ClaimWork>> LeaseWorkAsync(LeaseRequest request, CancellationToken cancellationToken) =>
        store.LeaseWorkAsync(request, cancellationToken);

    public ValueTask<ClaimWork?> FindWorkAsync(Guid id, CancellationToken cancellationToken) => store.FindWorkAsync(id, cancellationToken);

    public ValueTask<WorkPage> ListWorkAsync(WorkQuery query, CancellationToken cancellationToken) =>
        store.ListWorkAsync(query, cancellationToken);
}
