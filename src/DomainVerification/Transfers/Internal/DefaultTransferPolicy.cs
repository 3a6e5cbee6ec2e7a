using DomainVerification.Options.Internal;

namespace DomainVerification.Transfers.Internal;

/// <summary>
/// The policy that follows <see cref="TransferOptions"/>: an idle holder gives way, an active one is reviewed, and one whose proof has
/// lapsed is protected by nothing.
/// </summary>
internal sealed class DefaultTransferPolicy(ProfileRegistry profiles) : ITransferPolicy
{
    public ValueTask<TransferDecision> DecideAsync(TransferRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var profile = profiles.Find(request.Holder.Profile);
        var hasLapsed = profile is { Watch.Enabled: true } && request.Holder.Health is { State: ProofHealth.Lapsed };
        return ValueTask.FromResult(Decide(request, profile?.Transfers ?? new TransferOptions(), hasLapsed));
    }

    private static TransferDecision Decide(TransferRequest request, TransferOptions options, bool hasLapsed)
    {
        if (hasLapsed)
        {
            // The holder was told long ago, so there is no window; but it may have published its record since the last look.
            return options.ReproveHolder ? TransferDecision.Reprove(TransferReasons.IncumbentReproof) : TransferDecision.Allow;
        }

        var graceEnds = request.HeldSince + options.GracePeriod;
        if (graceEnds > request.Now)
        {
            return TransferDecision.WaitUntil(graceEnds, TransferReasons.GracePeriod);
        }

        if (request.Activity.PendingWork > 0)
        {
            return TransferDecision.Review(TransferReasons.PendingWork);
        }

        if (request.Activity.LastUsedAt is { } usedAt && request.Now - usedAt < options.ActiveWithin)
        {
            return TransferDecision.Review(TransferReasons.RecentActivity);
        }

        return options.ReproveHolder
            ? TransferDecision.Reprove(TransferReasons.IncumbentReproof, options.ReproofWindow)
            : TransferDecision.Allow;
    }
}
