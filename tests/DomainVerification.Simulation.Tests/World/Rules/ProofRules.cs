namespace DomainVerification.Simulation.Tests.World.Rules;

/// <summary>
/// A token is used once; only the present one proves; what could not be asked changes nothing; nobody learns of the other side.
/// </summary>
internal sealed class ProofRules(Ledger ledger)
{
    private readonly HashSet<string> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string, DomainName), int> _generations = [];

    public void Check(Change change)
    {
        foreach (var (before, after, _) in change.Moves)
        {
            if (change.Commit.Events.Any(entry => entry.ClaimId == after.Id && entry.Type == ClaimEventTypes.MethodChanged))
            {
                CheckMethod(before, after);
            }
            else
            {
                CheckToken(before, after);
            }

            CheckProof(before, after);
            CheckHealth(before, after);
            ledger.Expect(
                IsKnown(after.ModifiedBy, after) && IsKnown(after.CreatedBy, after),
                $"a claim of {after.Owner} names {after.CreatedBy} and {after.ModifiedBy}");
        }

        foreach (var entry in change.Commit.Events)
        {
            ledger.Expect(
                IsKnown(entry.Actor, change.Of(entry.ClaimId)!.After)
                    && entry.Reason?.Contains("owner-", StringComparison.Ordinal) is not true,
                $"{entry.Type} names another owner");
        }
    }

    private static bool IsKnown(ClaimActor actor, DomainClaim claim) =>
        actor.Kind == ClaimActorKind.System || actor.Id == claim.Owner || Staff.Includes(actor);

    private void CheckToken(DomainClaim? before, DomainClaim after)
    {
        if (before?.Challenge == after.Challenge)
        {
            return;
        }

        var owner = (after.Profile, after.Owner, after.Domain);
        ledger.Expect(_tokens.Add(after.Challenge.Token.Value), "a token is used again");
        ledger.Expect(after.Challenge.Generation > _generations.GetValueOrDefault(owner), "the generation of a token does not rise");
        ledger.Expect(
            before is null || after.SpentTokens.Any(spent => spent.Token == before.Challenge.Token), "a spent token is forgotten");
        _generations[owner] = after.Challenge.Generation;
    }

    private void CheckMethod(DomainClaim? before, DomainClaim after) =>
        ledger.Expect(
            before is { Status: ClaimStatus.Pending }
                && before.Challenge.Record.Method != after.Challenge.Record.Method
                && before.Challenge with { Record = after.Challenge.Record } == after.Challenge,
            "another method changes more than the record");

    private void CheckProof(DomainClaim? before, DomainClaim after)
    {
        if (before is null || before.Proof == after.Proof)
        {
            return;
        }

        ledger.Expect(
            after.Proof is { Evidence: { } evidence }
                && before.Challenge == after.Challenge
                && evidence.ValueDigest == after.Challenge.Token.Value
                && evidence.Generation == after.Challenge.Generation
                && after.LastCheck is { Outcome: ProofOutcome.Proved },
            "something else than the present token was taken for proof");
    }

    private void CheckHealth(DomainClaim? before, DomainClaim after)
    {
        if (after.Health is not { } health || before is null)
        {
            return;
        }

        var worsens = health.Misses > (before.Health?.Misses ?? 0) || health.State > (before.Health?.State ?? ProofHealth.Healthy);
        ledger.Expect(
            !worsens || after.LastCheck is { Outcome: ProofOutcome.NotProved },
            "the health of a proof worsens without an answer that it is missing");
        ledger.Expect(
            after.Attempts <= before.Attempts || after.LastCheck is { Outcome: ProofOutcome.NotProved }, "a look without an answer counts");
    }
}
