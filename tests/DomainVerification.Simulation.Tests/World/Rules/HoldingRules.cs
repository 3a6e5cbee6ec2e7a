namespace DomainVerification.Simulation.Tests.World.Rules;

/// <summary>
/// One holder a domain, at every moment of the trail, also between two events of one commit; epochs rise; what ends is released; who
/// waits for the domain is woken.
/// </summary>
internal sealed class HoldingRules(Ledger ledger)
{
    private static readonly HashSet<string> OfFormerHoldings =
        [ClaimEventTypes.ReleaseFailed, ClaimEventTypes.WorkReplayed, ClaimEventTypes.WorkDiscarded];

    private readonly Dictionary<(string, DomainName), ClaimId> _holders = [];
    private readonly Dictionary<(string, DomainName), long> _epochs = [];
    private readonly Dictionary<Holding, DateTimeOffset> _began = [];
    private readonly Dictionary<string, Holding> _identities = new(StringComparer.Ordinal);

    /// <summary>The claim that holds a domain exclusively.</summary>
    public DomainClaim? HolderOf(DomainClaim claim) =>
        _holders.TryGetValue((claim.Profile, claim.Domain), out var holder) ? ledger.Find(holder) : null;

    /// <summary>When a holding began.</summary>
    public DateTimeOffset BeganAt(DomainClaim holder) => _began[new Holding(holder.Id, holder.Epoch)];

    public void Check(Change change)
    {
        foreach (var entry in change.Commit.Events)
        {
            CheckEvent(entry, change);
        }

        foreach (var move in change.Moves)
        {
            CheckMove(move, change);
        }
    }

    /// <summary>One after the other: there is no moment with two holders, not even within a commit.</summary>
    private void CheckEvent(ClaimEvent entry, Change change)
    {
        var domain = (entry.Profile, entry.Domain);
        var isShared = change.Of(entry.ClaimId) is { After.Exclusivity: DomainExclusivity.Shared };
        if (entry.To.Holds && entry.From is not { Holds: true })
        {
            ledger.Expect(
                entry.Type == (entry.From is null ? ClaimEventTypes.Restored : ClaimEventTypes.Claimed),
                $"a holding begins with {entry.Type}");
            ledger.Expect(isShared || _holders.TryAdd(domain, entry.ClaimId), $"two hold {entry.Domain}");
            ledger.Expect(entry.Epoch > _epochs.GetValueOrDefault(domain), $"the epoch of {entry.Domain} does not rise");
            _epochs[domain] = entry.Epoch;
            _began[new Holding(entry.ClaimId, entry.Epoch)] = entry.At;
        }
        else if (entry.From is { Holds: true } && !entry.To.Holds)
        {
            ledger.Expect(isShared || _holders.Remove(domain), $"nobody held {entry.Domain}");
            ledger.Expect(
                entry.Type != ClaimEventTypes.Released || change.Has(ClaimEventTypes.Claimed),
                "a takeover leaves a moment without a holder");
            ledger.Expect(
                entry.Type != ClaimEventTypes.TransferUndone || change.Has(ClaimEventTypes.Restored), "an undo gives the domain to nobody");
        }
    }

    private void CheckMove(Move move, Change change)
    {
        var (before, after, entry) = move;
        ledger.Expect(
            !after.Status.Holds || entry is null || OfFormerHoldings.Contains(entry.Type) || entry.Epoch == after.Epoch,
            "the event has another epoch than the holding");
        ledger.Expect(before is null || move.Began || before.Epoch == after.Epoch, "an epoch changes within a holding");
        if (move.Ended)
        {
            CheckEnd(before!, after, change);
        }

        foreach (var identity in after.Identities.Where(made => !ledger.HasLied(after.Id, after.Epoch, made.Provisioner)))
        {
            var holding = new Holding(after.Id, after.Epoch);
            ledger.Expect(
                _identities.TryAdd(identity.Id, holding) || _identities[identity.Id] == holding, "two holdings have the same identity");
        }
    }

    private void CheckEnd(DomainClaim before, DomainClaim after, Change change)
    {
        ledger.Expect(after.Identities.Count == 0 && after.Provisioning.Count == 0, "who holds no more keeps identities");
        var releases = change.WorkOf(before.Id, ClaimWorkKind.Release).Where(work => work.Epoch == before.Epoch).ToList();
        ledger.Expect(
            before.Provisioning.Select(step => step.Provisioner).SequenceEqual(releases.Select(work => work.Target)),
            "a holding ends and not all its provisioners are to release it");
        ledger.Expect(
            releases.All(work => work.Identities.SequenceEqual(before.Identities.Where(made => made.Provisioner == work.Target))),
            "a release does not have what its provisioner has made");
        foreach (var waiting in ledger.ClaimsTo(before.Profile, before.Domain).Where(claim => Waits(claim, before)))
        {
            ledger.Expect(
                change.Of(waiting.Id) is { } woken && (!Waits(woken.After, before) || woken.After.DueAt <= woken.After.ModifiedAt),
                "a holding ends, and who waits for it is not woken");
        }
    }

    private static bool Waits(DomainClaim claim, DomainClaim holder) =>
        claim.Status is ClaimStatus.Verified or ClaimStatus.InReview
        && claim.Transfer is { State: TransferState.Waiting or TransferState.InReview or TransferState.Approved, Holder: { } about }
        && (about.ClaimId, about.Epoch) == (holder.Id, holder.Epoch);
}
