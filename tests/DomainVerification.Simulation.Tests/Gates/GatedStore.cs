using DomainVerification.Simulation.Tests.World;

namespace DomainVerification.Simulation.Tests.Gates;

/// <summary>
/// The one store as a node reaches it. What comes back in the order of random identities is put into the order of creation.
/// </summary>
internal sealed class GatedStore(Node node, SimulationRun simulation) : IClaimStore
{
    private InMemoryClaimStore Medium => simulation.Medium;

    public ValueTask<DomainClaim?> FindAsync(ClaimId id, CancellationToken cancellationToken) =>
        Call("find claim", () => Medium.FindAsync(id, default));

    public ValueTask<DomainClaim?> FindNewestAsync(string profile, string owner, DomainName domain, CancellationToken cancellationToken) =>
        Call("find newest", () => Medium.FindNewestAsync(profile, owner, domain, default));

    public ValueTask<DomainHolding> FindHoldingAsync(string profile, DomainName domain, CancellationToken cancellationToken) =>
        Call("find holding", () => Medium.FindHoldingAsync(profile, domain, default));

    public ValueTask<ClaimPage> ListAsync(ClaimQuery query, CancellationToken cancellationToken) =>
        CallAsync("list claims", () =>
        {
            var page = Now(Medium.ListAsync(query, default));
            return page with { Claims = [.. page.Claims.OrderBy(claim => simulation.Ledger.NumberOf(claim.Id))] };
        });

    public ValueTask<IReadOnlyList<ClaimEvent>> ListEventsAsync(ClaimId id, CancellationToken cancellationToken) =>
        Call("list events", () => Medium.ListEventsAsync(id, default));

    public ValueTask<IReadOnlyList<DomainClaim>> LeaseDueClaimsAsync(LeaseRequest request, CancellationToken cancellationToken) =>
        CallAsync<IReadOnlyList<DomainClaim>>(
            "lease claims",
            () => [.. Now(Medium.LeaseDueClaimsAsync(request, default)).OrderBy(claim => simulation.Ledger.NumberOf(claim.Id))]);

    public ValueTask<IReadOnlyList<ClaimWork>> LeaseWorkAsync(LeaseRequest request, CancellationToken cancellationToken) =>
        Call("lease work", () => Medium.LeaseWorkAsync(request, default));

    public ValueTask<ClaimWork?> FindWorkAsync(Guid id, CancellationToken cancellationToken) =>
        Call("find work", () => Medium.FindWorkAsync(id, default));

    public ValueTask<WorkPage> ListWorkAsync(WorkQuery query, CancellationToken cancellationToken) =>
        CallAsync("list work", () =>
        {
            var page = Now(Medium.ListWorkAsync(query, default));
            return page with { Work = [.. page.Work.OrderBy(work => simulation.Ledger.NumberOf(work.Id))] };
        });

    public ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken) =>
        CallAsync("commit", () =>
        {
            var status = Now(Medium.CommitAsync(commit, default));
            if (status == ClaimCommitStatus.Committed)
            {
                simulation.Ledger.Record(commit);
            }

            return status;
        });

    private static T Now<T>(ValueTask<T> call) => call.GetAwaiter().GetResult();

    private ValueTask<T> Call<T>(string name, Func<ValueTask<T>> call) => CallAsync(name, () => Now(call()));

    private ValueTask<T> CallAsync<T>(string name, Func<T> action) => new(simulation.CallAsync(node, name, action));
}
