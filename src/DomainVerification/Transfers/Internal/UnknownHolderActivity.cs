namespace DomainVerification.Transfers.Internal;

/// <summary>The default: the SDK itself does not know what a domain is used for.</summary>
internal sealed class UnknownHolderActivity : IHolderActivity
{
    public ValueTask<HolderActivity> ObserveAsync(DomainClaim holder, CancellationToken cancellationToken) =>
        ValueTask.FromResult(HolderActivity.Unknown);
}
