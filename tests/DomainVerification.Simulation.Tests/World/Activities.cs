using System.Globalization;

namespace DomainVerification.Simulation.Tests.World;

/// <summary>What owners, workers and operators do, in the proportions in which they are drawn.</summary>
internal static class Activities
{
    private static readonly (string Profile, string Domain)[] Domains =
        [(string.Empty, "a.example"), (SimulationParts.Automatic, "b.example"), (string.Empty, "c.example")];

    private static readonly ClaimActor Operator = ClaimActor.User("operator");

    private static readonly (int Weight, string Name, Func<SimulationRun, Node, Task> Activity)[] All =
    [
        (8, "request", Request),
        (6, "verify", Owned((manager, claim) => manager.VerifyAsync(claim))),
        (6, "confirm", Owned((manager, claim) => manager.ConfirmAsync(claim))),
        (8, "claim", Owned((manager, claim) => manager.ClaimAsync(claim))),
        (4, "unclaim", Owned((manager, claim) => manager.UnclaimAsync(claim))),
        (2, "unverify", Owned((manager, claim) => manager.UnverifyAsync(claim))),
        (1, "cancel", Owned((manager, claim) => manager.CancelAsync(claim))),
        (2, "rotate", Owned((manager, claim) => manager.RotateTokenAsync(claim))),
        (16, "dispatch", (_, node) => node.DispatchAsync()),
        (5, "look", (_, node) => node.LookAsync()),
        (4, "replay", Replay),
        (1, "discard", Discard),
    ];

    private static readonly int Weights = All.Sum(item => item.Weight);

    public static void StartAny(SimulationRun simulation, Node node)
    {
        var drawn = simulation.Random.Below(Weights);
        var next = 0;
        while (drawn >= All[next].Weight)
        {
            drawn -= All[next++].Weight;
        }

        node.Start(All[next].Name, self => All[next].Activity(simulation, self));
    }

    private static async Task Request(SimulationRun simulation, Node node)
    {
        var (profile, domain) = simulation.Random.Pick(Domains);
        Note(simulation, node, await node.Manager.RequestAsync(new ClaimRequest(Owner(simulation), domain) { Profile = profile })
            .ConfigureAwait(false));
    }

    private static Func<SimulationRun, Node, Task> Owned(Func<IDomainClaimManager, ClaimReference, Task<ClaimResult>> call) =>
        async (simulation, node) =>
        {
            var (profile, domain) = simulation.Random.Pick(Domains);
            var claim = ClaimReference.To(Owner(simulation), domain, profile);
            Note(simulation, node, await call(node.Manager, claim).ConfigureAwait(false));
        };

    private static async Task Replay(SimulationRun simulation, Node node)
    {
        if (await DeadAsync(simulation, node).ConfigureAwait(false) is { } dead)
        {
            await node.Outbox.ReplayAsync(dead.Id, Operator).ConfigureAwait(false);
        }
    }

    private static async Task Discard(SimulationRun simulation, Node node)
    {
        if (await DeadAsync(simulation, node).ConfigureAwait(false) is not { } dead)
        {
            return;
        }

        // Who discards a release has removed by hand what it was to remove.
        if (dead.Kind == ClaimWorkKind.Release)
        {
            simulation.Provisioned.Remove(new Holding(dead.ClaimId, dead.Epoch));
        }

        await node.Outbox.DiscardAsync(dead.Id, Operator).ConfigureAwait(false);
    }

    private static async Task<ClaimWork?> DeadAsync(SimulationRun simulation, Node node)
    {
        var page = await node.Outbox.ListAsync(new WorkQuery { IsDead = true }).ConfigureAwait(false);
        return page.Work.Count == 0 ? null : simulation.Random.Pick(page.Work);
    }

    private static string Owner(SimulationRun simulation) =>
        string.Create(CultureInfo.InvariantCulture, $"owner-{simulation.Random.Below(4)}");

    /// <summary>What an owner was told must be true: an answer that something is done is the answer of a commit.</summary>
    private static void Note(SimulationRun simulation, Node node, ClaimResult result)
    {
        if (result.Claim is { } claim && (simulation.Ledger.Find(claim.Id)?.Version ?? 0) < claim.Version)
        {
            simulation.Violate("an owner was told of a state that was never committed");
        }

        simulation.Note(result.Error?.Code ?? "done", node);
    }
}
