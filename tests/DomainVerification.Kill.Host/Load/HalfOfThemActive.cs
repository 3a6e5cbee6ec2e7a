namespace DomainVerification.Kill.Host.Load;

/// <summary>Every other holding is in use, so that a person decides about its takeover: which ones, all processes agree on.</summary>
internal sealed class HalfOfThemActive(TimeProvider time) : IHolderActivity
{
    public ValueTask<HolderActivity> ObserveAsync(DomainClaim holder, CancellationToken cancellationToken) =>
        ValueTask.FromResult(holder.Epoch % 2 == 0 ? HolderActivity.Unknown : new HolderActivity { LastUsedAt = time.GetUtcNow() });
}
