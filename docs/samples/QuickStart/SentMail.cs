using DomainVerification;

namespace QuickStart;

/// <summary>What the host knows of its tenants' use of their domains: here, who has sent mail a moment ago.</summary>
internal sealed class SentMail(TimeProvider time) : IHolderActivity
{
    public static string? Holder { get; set; }

    public ValueTask<HolderActivity> ObserveAsync(DomainClaim holder, CancellationToken cancellationToken) =>
        ValueTask.FromResult(holder.Owner == Holder
            ? new HolderActivity { LastUsedAt = time.GetUtcNow(), RecentUses = 1204, PendingWork = 3 }
            : HolderActivity.Unknown);
}
