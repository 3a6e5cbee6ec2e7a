using DomainVerification;

namespace Migma;

/// <summary>
/// Whether a workspace is sending mail now. A real host asks its mail log; this one is told by a setting: <c>--Sending:ann=true</c>.
/// </summary>
public sealed class SentMail(IConfiguration configuration, TimeProvider time) : IHolderActivity
{
    public ValueTask<HolderActivity> ObserveAsync(DomainClaim holder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(holder);
        return ValueTask.FromResult(configuration.GetValue<bool>($"Sending:{holder.Owner}")
            ? new HolderActivity { LastUsedAt = time.GetUtcNow() }
            : HolderActivity.Unknown);
    }
}
