namespace DomainVerification.Transfers.Internal;

/// <summary>What the policies of a profile came to.</summary>
/// <param name="Decision">The strictest answer.</param>
/// <param name="Reasons">The reasons of every policy that did not allow the takeover, the strictest first.</param>
/// <param name="Activity">What the host knew of the holder.</param>
internal sealed record TransferJudgement(TransferDecision Decision, IReadOnlyList<string> Reasons, HolderActivity Activity);

/// <summary>Asks the policies of a profile about a takeover.</summary>
internal sealed class TransferJudge(IClaimStore store, IHolderActivity activity, TransferPolicyRegistry policies, TimeProvider time)
{
    public async Task<TransferJudgement> JudgeAsync(
        DomainClaim claimant,
        DomainClaim holder,
        DomainVerificationOptions profile,
        CancellationToken cancellationToken)
    {
        var observed = await activity.ObserveAsync(holder, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("The host's IHolderActivity gave no answer.");
        var request = new TransferRequest
        {
            Holder = holder,
            Claimant = claimant,
            Activity = observed,
            HeldSince = await HeldSinceAsync(holder, cancellationToken).ConfigureAwait(false),
            Now = time.GetUtcNow(),
        };
        var decisions = new List<TransferDecision>();
        if (Standing(holder, request.Now) is { } standing)
        {
            decisions.Add(standing);
        }

        foreach (var policy in policies.Of(profile))
        {
            var decision = await policy.DecideAsync(request, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"The transfer policy {policy.GetType()} gave no answer.");
            decisions.Add(InForce(decision, request.Now));
        }

        return Of(decisions, observed);
    }

    /// <summary>
    /// What holds whatever the policies say. Once a third owner had taken the domain, nobody could undo the takeover before; and who lost
    /// it by undoing must not just take it again.
    /// </summary>
    private static TransferDecision? Standing(DomainClaim holder, DateTimeOffset now) => holder.Transfer switch
    {
        { State: TransferState.Done, Until: { } until } when until > now => TransferDecision.WaitUntil(until, TransferReasons.CoolingOff),
        { State: TransferState.Undone, Until: { } until } when until > now => TransferDecision.Review(TransferReasons.Restored),
        _ => null,
    };

    /// <summary>A wait that is over by now is leave, and must not outrank what other policies say.</summary>
    private static TransferDecision InForce(TransferDecision decision, DateTimeOffset now) =>
        decision is { Outcome: TransferOutcome.Wait, Until: { } until } && until <= now ? TransferDecision.Allow : decision;

    /// <summary>The strictest of several decisions. Of two waits the later one counts, of two re-proofs the longer one.</summary>
    internal static TransferJudgement Of(IReadOnlyList<TransferDecision> decisions, HolderActivity observed)
    {
        var ordered = decisions
            .OrderByDescending(decision => decision.Outcome)
            .ThenByDescending(decision => decision.Until)
            .ThenByDescending(decision => decision.Within)
            .ToList();
        return new TransferJudgement(
            ordered[0],
            [.. ordered.Select(decision => decision.Reason).OfType<string>().Distinct(StringComparer.Ordinal)],
            observed);
    }

    private async Task<DateTimeOffset> HeldSinceAsync(DomainClaim holder, CancellationToken cancellationToken)
    {
        var events = await store.ListEventsAsync(holder.Id, cancellationToken).ConfigureAwait(false);
        var began = events.LastOrDefault(entry =>
            entry.Epoch == holder.Epoch && entry.Type is ClaimEventTypes.Claimed or ClaimEventTypes.Restored);
        return began?.At ?? holder.CreatedAt;
    }
}
