namespace DomainVerification.AspNetCore.Tests.Streams;

/// <summary>The in-memory store, which can lose a claim or be down.</summary>
internal sealed class GatedStore : WrappedStore
{
    public bool IsDown { get; set; }

    public bool IsEmpty { get; set; }

    public override ValueTask<DomainClaim?> FindAsync(ClaimId id, CancellationToken cancellationToken) =>
        IsDown ? throw new TimeoutException("The store is down.")
        : IsEmpty ? ValueTask.FromResult<DomainClaim?>(null)
        : base.FindAsync(id, cancellationToken);
}
