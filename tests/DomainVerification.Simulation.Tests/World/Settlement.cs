namespace DomainVerification.Simulation.Tests.World;

/// <summary>The end of a run: the weather is fine, everybody does their part, and then nothing may be left over.</summary>
internal static class Settlement
{
    private const int MaximumRounds = 100;

    private static readonly ClaimActor Operator = ClaimActor.User("operator");

    public static void Run(SimulationRun simulation, Node[] nodes)
    {
        for (var i = 0; i < nodes.Length; i++)
        {
            if (nodes[i].IsDead)
            {
                simulation.Restart(i);
            }
        }

        simulation.Drain();
        for (var round = 0; round < MaximumRounds && simulation.Violation is null; round++)
        {
            if (IsAtRest(simulation))
            {
                Check(simulation);
                return;
            }

            // Longer than any lease, and than most pauses.
            simulation.Move(TimeSpan.FromMinutes(30));
            Mend(simulation, nodes[0]);
            foreach (var node in nodes)
            {
                node.Start("dispatch", self => self.DispatchAsync());
                node.Start("look", self => self.LookAsync());
            }

            simulation.Drain();
        }

        simulation.Violate("the run does not come to rest");
    }

    private static bool IsAtRest(SimulationRun simulation) =>
        simulation.Ledger.Open.Count == 0
        && simulation.Ledger.Claims.All(claim => claim.Status != ClaimStatus.Provisioning
            && (claim is not { Status: ClaimStatus.Verified, DueAt: { } dueAt } || dueAt > simulation.Clock.GetUtcNow()));

    /// <summary>The operator replays what is dead, and owners whose dead letter is gone ask again.</summary>
    private static void Mend(SimulationRun simulation, Node node)
    {
        foreach (var dead in simulation.Ledger.Open.Where(item => item.State == OperationState.Dead).ToList())
        {
            node.Start("replay", self => self.Outbox.ReplayAsync(dead.Work.Id, Operator));
        }

        simulation.Drain();
        foreach (var claim in simulation.Ledger.Claims.Where(claim => claim.ProvisioningError is not null).ToList())
        {
            node.Start("claim", self => self.Manager.ClaimAsync(ClaimReference.To(claim)));
        }

        simulation.Drain();
    }

    /// <summary>Compares the store with the ledger, and what exists with who holds.</summary>
    private static void Check(SimulationRun simulation)
    {
        var ledger = simulation.Ledger;
        var exists = simulation.Provisioned.Identities;
        var holders = ledger.Claims.Where(claim => claim.Status.Holds).ToDictionary(claim => new Holding(claim.Id, claim.Epoch));
        foreach (var claim in ledger.Claims)
        {
            var stored = Now(simulation.Medium.FindAsync(claim.Id, default));
            var events = Now(simulation.Medium.ListEventsAsync(claim.Id, default));
            Expect(simulation, stored == claim, "the store has another claim than was committed");
            Expect(simulation, events.SequenceEqual(ledger.EventsOf(claim.Id)), "the store has other events than were committed");
            Expect(simulation, events[^1].To == claim.Status, "the last event has another status than the claim");
            Expect(simulation, Rises(events), "events are out of order");
            Expect(
                simulation,
                claim.Status == ClaimStatus.Claimed == claim.Identities.Count > 0,
                "a holder has no identities, or somebody else has");
            Expect(
                simulation,
                claim.Identities.All(made => exists.GetValueOrDefault(made.Id) == new Holding(claim.Id, claim.Epoch)),
                "a holder's identities do not exist");
        }

        Expect(simulation, Now(simulation.Medium.ListWorkAsync(new WorkQuery(), default)).Work.Count == 0, "the outbox is not empty");
        Expect(simulation, exists.Values.All(holders.ContainsKey), "identities exist that belong to no holder");
        Expect(
            simulation,
            holders.Values.GroupBy(claim => (claim.Profile, claim.Domain)).All(group => group.Count() == 1),
            "two hold at the end");
    }

    private static bool Rises(IReadOnlyList<ClaimEvent> events) =>
        events.Zip(events.Skip(1)).All(pair => pair.First.ClaimVersion < pair.Second.ClaimVersion && pair.First.To == pair.Second.From);

    private static T Now<T>(ValueTask<T> call) => call.GetAwaiter().GetResult();

    private static void Expect(SimulationRun simulation, bool holds, string otherwise)
    {
        if (!holds)
        {
            simulation.Violate(otherwise);
        }
    }
}
