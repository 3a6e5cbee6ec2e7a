namespace DomainVerification.Simulation.Tests.World;

/// <summary>Compares the store with the ledger, and what exists with who holds, once nothing moves any more.</summary>
internal static class FinalRules
{
    public static void Check(SimulationRun simulation)
    {
        var ledger = simulation.Ledger;
        foreach (var claim in ledger.Claims)
        {
            var stored = Now(simulation.Medium.FindAsync(claim.Id, default));
            var events = Now(simulation.Medium.ListEventsAsync(claim.Id, default));
            simulation.Expect(stored == claim, "the store has another claim than was committed");
            simulation.Expect(events.SequenceEqual(ledger.EventsOf(claim.Id)), "the store has other events than were committed");
            simulation.Expect(events[^1].To == claim.Status, "the last event has another status than the claim");
            simulation.Expect(Rises(events), "events are out of order");
            CheckIdentities(simulation, claim);
            CheckTold(simulation, claim);
        }

        simulation.Expect(Now(simulation.Medium.ListWorkAsync(new WorkQuery(), default)).Work.Count == 0, "the outbox is not empty");
        var holders = ledger.Claims.Where(claim => claim.Status.Holds).ToList();
        simulation.Expect(
            holders.Where(claim => claim.Exclusivity == DomainExclusivity.OneHolder).GroupBy(claim => (claim.Profile, claim.Domain))
                .All(group => group.Count() == 1),
            "two hold at the end");
        foreach (var (name, made) in simulation.Provisioned)
        {
            var ended = made.Identities.Values.Where(holding =>
                !holders.Exists(claim => (claim.Id, claim.Epoch) == (holding.Claim, holding.Epoch)));
            simulation.Expect(
                ended.All(holding => ledger.HasLied(holding.Claim, holding.Epoch, name)),
                $"identities of {name} exist that belong to no holder");
        }
    }

    /// <summary>A holder has what each of its provisioners makes, unless one of them has said so and it was not true.</summary>
    private static void CheckIdentities(SimulationRun simulation, DomainClaim claim)
    {
        simulation.Expect(claim.Status == ClaimStatus.Claimed || claim.Identities.Count == 0, "who holds nothing has identities");
        foreach (var step in claim.Provisioning.Where(step => !simulation.Ledger.HasLied(claim.Id, claim.Epoch, step.Provisioner)))
        {
            var made = claim.Identities.Where(identity => identity.Provisioner == step.Provisioner).ToList();
            var exists = simulation.Provisioned[step.Provisioner].Identities;
            simulation.Expect(
                made.Count == 1 && exists.GetValueOrDefault(made[0].Id) == new Holding(claim.Id, claim.Epoch),
                "a holder's identities do not exist");
        }
    }

    /// <summary>Each handler has heard of each event, save those whose dead letters were discarded.</summary>
    private static void CheckTold(SimulationRun simulation, DomainClaim claim)
    {
        foreach (var entry in simulation.Ledger.EventsOf(claim.Id))
        {
            simulation.Expect(
                SimulationParts.Handlers.All(name => simulation.Ledger.NoticeOf(entry, name) is { IsDone: true } or { WasGivenUp: true }),
                "a handler was not told of an event");
        }
    }

    private static bool Rises(IReadOnlyList<ClaimEvent> events) =>
        events.Zip(events.Skip(1)).All(pair =>
            pair.First.ClaimVersion < pair.Second.ClaimVersion
            && pair.First.To == pair.Second.From
            && pair.First.At <= pair.Second.At);

    private static T Now<T>(ValueTask<T> call) => call.GetAwaiter().GetResult();
}
