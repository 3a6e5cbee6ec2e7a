using DomainVerification.Options.Internal;
using DomainVerification.Simulation.Tests.Gates;

namespace DomainVerification.Simulation.Tests.World.Rules;

/// <summary>A domain changes hands only where its policies or a person have decided so, about that very holding.</summary>
internal sealed class TransferRules(Ledger ledger, HoldingRules holdings, ProfileRegistry profiles)
{
    public void Check(Change change)
    {
        foreach (var move in change.Moves)
        {
            if (move.Event?.Type == ClaimEventTypes.Restored)
            {
                CheckUndo(move, change);
            }
            else if (move.Began)
            {
                CheckTakeover(move, change);
            }

            ledger.Expect(
                move.Event?.Type != ClaimEventTypes.Released
                    || change.Moves.Any(other => other.Began && IsAbout(other.After, move.Before!)),
                "a holder is released for nobody");
            if (move.Event?.Type is ClaimEventTypes.ReviewOpened or ClaimEventTypes.TransferWaiting)
            {
                CheckContest(move, change);
            }

            if (move.Event?.Type == ClaimEventTypes.ReviewApproved)
            {
                ledger.Expect(
                    holdings.HolderOf(move.After) is { } holder && IsAbout(move.After, holder), "a case is approved whose holding is over");
            }
        }
    }

    private static bool IsAbout(DomainClaim claim, DomainClaim holder) =>
        claim.Transfer?.Holder is { } about && (about.ClaimId, about.Epoch) == (holder.Id, holder.Epoch);

    /// <summary>A takeover that can be undone stays so, whoever holds the domain next that was given up meanwhile.</summary>
    private bool IsKept(DomainClaim claim) =>
        claim.Transfer is { State: TransferState.Done, Until: not null }
        && ledger.ClaimsTo(claim.Profile, claim.Domain).Any(last =>
            last.Transfer == claim.Transfer && (last.Id == claim.Id || last.Epoch == claim.Epoch - 1));

    /// <summary>Both sides hear of a case in the commit that opens it.</summary>
    private void CheckContest(Move move, Change change)
    {
        var contested = change.Moves.FirstOrDefault(other => other.Event?.Type == ClaimEventTypes.Contested);
        ledger.Expect(
            contested is { After.Status.Holds: true } && IsAbout(move.After, contested.After),
            "a case is opened that its holder hears nothing of");
    }

    private void CheckTakeover(Move move, Change change)
    {
        var ended = change.Moves.FirstOrDefault(other => other.Event?.Type == ClaimEventTypes.Released);
        if (ended is null)
        {
            ledger.Expect(move.After.Transfer is null || IsKept(move.After), "a free domain is taken over");
            return;
        }

        if (move.After.Transfer is not { State: TransferState.Done } transfer || !IsAbout(move.After, ended.Before!))
        {
            ledger.Expect(false, "a domain is taken over from another holding than the case is about");
            return;
        }

        if (transfer.Verdict is not null)
        {
            ledger.Count("approved takeover");
            ledger.Expect(
                move.Before is { Transfer: { State: TransferState.Approved, Until: { } until } approved }
                    && approved.Verdict == transfer.Verdict
                    && approved.Holder == transfer.Holder
                    && until >= approved.Verdict!.At,
                "a domain is taken over by an approval that was never given");
            return;
        }

        CheckDefaultPolicy(ended.Before!, transfer, move.After.ModifiedAt);
        if (profiles.Find(move.After.Profile)!.Transfers.Policies.Contains(GatedPolicy.Name))
        {
            CheckHostPolicy(ended.Before!, transfer, move.After.ModifiedAt);
        }
    }

    /// <summary>What must be so, at the latest now, where nobody has approved it.</summary>
    private void CheckDefaultPolicy(DomainClaim holder, ClaimTransfer transfer, DateTimeOffset now)
    {
        var options = profiles.Find(holder.Profile)!.Transfers;
        ledger.Expect(
            holder.Transfer is not { State: TransferState.Done or TransferState.Undone, Until: { } until } || until <= now,
            "a domain is taken over while a takeover can be undone");
        if (holder.Health is { State: ProofHealth.Lapsed })
        {
            ledger.Expect(
                !options.ReproveHolder || IsAbsent(transfer),
                "a domain is taken over from a lapsed holder whose proof may be back");
            return;
        }

        ledger.Expect(holdings.BeganAt(holder) + options.GracePeriod <= now, "a domain is taken over within the grace period");
        ledger.Expect(
            transfer.Holder!.Activity is { PendingWork: 0 } activity
                && (activity.LastUsedAt is not { } used || now - used >= options.ActiveWithin),
            "a domain in use is taken over without a person's approval");
        ledger.Expect(
            !options.ReproveHolder || (IsAbsent(transfer) && transfer.OpenedAt + options.ReproofWindow <= now),
            "a domain is taken over from a holder whose proof was not found missing");
    }

    private void CheckHostPolicy(DomainClaim holder, ClaimTransfer transfer, DateTimeOffset now)
    {
        var began = holdings.BeganAt(holder);
        ledger.Expect(
            GatedPolicy.Decide(holder.Owner, transfer.Holder!.Activity, began) switch
            {
                { Outcome: TransferOutcome.Allow } => true,
                { Outcome: TransferOutcome.Wait, Until: { } until } => until <= now,
                { Outcome: TransferOutcome.Reprove, Within: var within } => IsAbsent(transfer) && transfer.OpenedAt + within <= now,
                _ => false,
            },
            "a domain is taken over against the host's own policy");
    }

    private static bool IsAbsent(ClaimTransfer transfer) => transfer.Holder?.Check is { Outcome: ProofOutcome.NotProved };

    private void CheckUndo(Move move, Change change)
    {
        // Who has given the domain up already is not released.
        var undone = change.Moves.FirstOrDefault(other => other.Event?.Type == ClaimEventTypes.TransferUndone)?.Before
            ?? ledger.ClaimsTo(move.After.Profile, move.After.Domain)
                .FirstOrDefault(claim => claim.Epoch == move.After.Epoch - 1 && !claim.Status.Holds);
        var former = undone?.Transfer?.Holder is { } about ? ledger.Find(about.ClaimId) : null;
        ledger.Expect(
            undone is { Transfer: { State: TransferState.Done, Until: { } until } } && until > move.After.CreatedAt,
            "a takeover is undone when it cannot be undone any more");
        ledger.Expect(
            former is { Status: ClaimStatus.Released } && former.Owner == move.After.Owner && former.Id != move.After.Id,
            "a domain is given back to who did not have it");
        ledger.Expect(move.After.Identities.Count == 0, "who gets a domain back has identities at once");
        ledger.Expect(
            ledger.ClaimsTo(move.After.Profile, move.After.Domain)
                .Count(claim => claim.Owner == move.After.Owner && claim.Status.IsLive) == 1,
            "an owner has two live claims to a domain");
    }
}
