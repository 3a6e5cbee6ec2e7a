namespace DomainVerification.Simulation.Tests.World;

/// <summary>The end of a run: the weather is fine, everybody does their part, and then nothing may be left over.</summary>
internal static class Settlement
{
    private const int MaximumRounds = 100;

    public static void Run(SimulationRun simulation, Node[] nodes)
    {
        for (var i = 0; i < nodes.Length; i++)
        {
            if (nodes[i].IsDead)
            {
                simulation.Restart(i);
            }
        }

        simulation.Uses.Clear();
        simulation.Drain();
        for (var round = 0; round < MaximumRounds && simulation.Violation is null; round++)
        {
            if (IsAtRest(simulation))
            {
                FinalRules.Check(simulation);
                return;
            }

            // Longer than any lease, and than most pauses.
            simulation.Move(TimeSpan.FromMinutes(30));
            Mend(simulation, nodes[0]);
            foreach (var node in nodes)
            {
                node.Start("look", self => self.LookAsync());
            }

            simulation.Drain();
            Work(simulation, nodes);
        }

        if (simulation.Violation is null)
        {
            simulation.Violate($"the run does not come to rest: {Restless(simulation)}");
        }
    }

    /// <summary>Works off the queues, of which each round takes the heads.</summary>
    private static void Work(SimulationRun simulation, Node[] nodes)
    {
        int before;
        do
        {
            before = simulation.Ledger.Open.Count;
            foreach (var node in nodes)
            {
                node.Start("dispatch", self => self.DispatchAsync());
            }

            simulation.Drain();
        }
        while (simulation.Ledger.Open.Count < before);
    }

    private static bool IsAtRest(SimulationRun simulation) =>
        simulation.Ledger.Open.Count == 0 && simulation.Ledger.Claims.All(claim => IsAtRest(claim, simulation.Clock.GetUtcNow()));

    /// <summary>Nothing waits for anybody: no identities, no decision, no domain, and no look that is due.</summary>
    private static bool IsAtRest(DomainClaim claim, DateTimeOffset now) =>
        claim.Status switch
        {
            ClaimStatus.Provisioning or ClaimStatus.InReview => false,
            ClaimStatus.Verified => claim.Transfer is not { State: TransferState.Waiting or TransferState.Approved }
                && !(claim.DueAt <= now),
            _ => true,
        };

    private static string Restless(SimulationRun simulation)
    {
        var claims = simulation.Ledger.Claims.Where(claim => !IsAtRest(claim, simulation.Clock.GetUtcNow()))
            .Select(claim => $"{claim.Owner} is {claim.Status} for {claim.Domain}, due at {claim.DueAt:O}, {claim.Transfer}");
        var work = simulation.Ledger.Open.Select(item => $"{item.Work.Kind} {item.Work.Target} is {item.State}");
        return string.Join("; ", claims.Concat(work));
    }

    /// <summary>Dead letters are replayed, owners whose dead letter is gone ask again, and reviewers decide most of their cases.</summary>
    private static void Mend(SimulationRun simulation, Node node)
    {
        foreach (var dead in simulation.Ledger.Open.Where(item => item.State == OperationState.Dead).ToList())
        {
            node.Start("replay", self => self.Outbox.ReplayAsync(dead.Work.Id, Staff.Operator));
        }

        simulation.Drain();
        foreach (var claim in simulation.Ledger.Claims.Where(claim => claim.ProvisioningError is not null).ToList())
        {
            node.Start("claim", self => self.Manager.ClaimAsync(ClaimReference.To(claim)));
        }

        simulation.Drain();
        if (simulation.Random.Chance(500))
        {
            node.Start("review", self => DecideAllAsync(simulation, self));
            simulation.Drain();
        }
    }

    private static async Task DecideAllAsync(SimulationRun simulation, Node node)
    {
        var page = await node.Reviews.ListAsync().ConfigureAwait(false);
        foreach (var review in page.Reviews.Where(review => simulation.Random.Chance(500)))
        {
            await Activities.DecideAsync(simulation, node, review, Staff.Reviewers[0], simulation.Random.Chance(500)).ConfigureAwait(false);
        }
    }
}
