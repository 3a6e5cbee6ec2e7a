using System.Globalization;
using DomainVerification.Simulation.Tests.Gates;

namespace DomainVerification.Simulation.Tests.World;

/// <summary>What owners, workers and the host's people do, in the proportions in which they are drawn.</summary>
internal static class Activities
{
    private const int Owners = 4;

    private static readonly (string Profile, string Domain)[] Domains =
    [
        (string.Empty, "a.example"),
        (SimulationParts.Automatic, "b.example"),
        (SimulationParts.Guarded, "c.example"),
        (SimulationParts.Guarded, "c.example"),
        (SimulationParts.Reproved, "d.example"),
        (SimulationParts.Challenged, "e.example"),
        (SimulationParts.Shared, "f.example"),
    ];

    private static readonly (int Weight, string Name, Func<SimulationRun, Node, Task> Activity)[] All =
    [
        (9, "request", Request),
        (5, "verify", Owned((manager, claim) => manager.VerifyAsync(claim))),
        (9, "confirm", Owned((manager, claim) => manager.ConfirmAsync(claim))),
        (8, "claim", Owned((manager, claim) => manager.ClaimAsync(claim))),
        (3, "unclaim", Owned((manager, claim) => manager.UnclaimAsync(claim))),
        (2, "unverify", Owned((manager, claim) => manager.UnverifyAsync(claim))),
        (1, "cancel", Owned((manager, claim) => manager.CancelAsync(claim))),
        (1, "end", Owned((manager, claim) => manager.EndAsync(claim))),
        (1, "rotate", Rotate),
        (2, "read", Read),
        (3, "publish", Publish),
        (2, "remove", Remove),
        (4, "use", Use),
        (30, "dispatch", (_, node) => node.DispatchAsync()),
        (7, "look", (_, node) => node.LookAsync()),
        (6, "review", Review),
        (2, "undo", Undo),
        (5, "replay", Replay),
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

    /// <summary>
    /// A reviewer decides a case as it was read, now or long ago. Sometimes it is one of the two sides who tries, which is refused
    /// where the profile asks for others.
    /// </summary>
    public static async Task DecideAsync(SimulationRun simulation, Node node, TransferReview review, ClaimActor actor, bool approves)
    {
        var decision = new TransferReviewDecision(actor, review.Version, approves ? "fine" : "no");
        var result = approves
            ? await node.Reviews.ApproveAsync(review.Claim, decision).ConfigureAwait(false)
            : await node.Reviews.RejectAsync(review.Claim, decision).ConfigureAwait(false);
        Note(simulation, node, result.Error);
        simulation.Ledger.Count($"decision: {result.Error?.Code ?? "done"}");
        simulation.Expect(
            result.Error?.Code != DomainVerificationErrorCodes.ReviewerIsParty || !Staff.Includes(actor),
            "a reviewer is taken for one of the two sides");
        if (result.Status != TransferReviewStatus.Done)
        {
            return;
        }

        simulation.Expect(result.Claim!.Version == review.Version + 1, "a case was decided that is not the one that was read");
        CheckStaff(simulation, review.Profile, actor);
    }

    private static void CheckStaff(SimulationRun simulation, string profile, ClaimActor actor) =>
        simulation.Expect(
            Staff.Includes(actor) || !simulation.Parts.Profiles.Find(profile)!.Transfers.FourEyes, "one of the two sides has decided");

    private static async Task Request(SimulationRun simulation, Node node)
    {
        var (profile, domain) = simulation.Random.Pick(Domains);
        var request = new ClaimRequest(Owner(simulation), domain)
        {
            Profile = profile,
            Method = profile.Length == 0 ? simulation.Random.Pick(SimulationParts.Methods) : null,
            ChangeMethod = simulation.Random.Chance(500),
            RefuseHeld = simulation.Random.Chance(50),
        };
        var result = await node.Manager.RequestAsync(request).ConfigureAwait(false);
        Note(simulation, node, result);
        Follow(simulation, result);
    }

    private static async Task Rotate(SimulationRun simulation, Node node)
    {
        var result = await node.Manager.RotateTokenAsync(Claim(simulation)).ConfigureAwait(false);
        Note(simulation, node, result);
        Follow(simulation, result);
    }

    /// <summary>Most owners do as they are told.</summary>
    private static void Follow(SimulationRun simulation, ClaimResult result)
    {
        if (result is { Instructions: not null, Claim: { } claim } && simulation.Random.Chance(800))
        {
            simulation.Zone.Publish(claim);
        }
    }

    private static Func<SimulationRun, Node, Task> Owned(Func<IDomainClaimManager, ClaimReference, Task<ClaimResult>> call) =>
        async (simulation, node) => Note(simulation, node, await call(node.Manager, Claim(simulation)).ConfigureAwait(false));

    private static async Task Read(SimulationRun simulation, Node node)
    {
        var owner = Owner(simulation);
        var page = await node.Manager.ListAsync(owner, new ClaimQuery { PageSize = ClaimQuery.MaximumPageSize }).ConfigureAwait(false);
        simulation.Expect(
            page.Claims.All(claim => claim.Owner == owner && claim.Transfer?.Holder is null),
            "an owner learns of the other side");
        var claim = Claim(simulation);
        Note(simulation, node, await node.Manager.GetAsync(claim).ConfigureAwait(false));
        var trail = await node.Manager.ListEventsAsync(claim).ConfigureAwait(false);
        simulation.Expect(trail.All(entry => entry.Owner == claim.Owner), "an owner reads the trail of another one");
        await node.Manager.GetProvisioningAsync(claim).ConfigureAwait(false);
    }

    private static Task Publish(SimulationRun simulation, Node node) => Change(simulation, simulation.Zone.Publish);

    private static Task Remove(SimulationRun simulation, Node node) => Change(simulation, simulation.Zone.Remove);

    private static Task Change(SimulationRun simulation, Action<DomainClaim> change)
    {
        var (profile, domain) = simulation.Random.Pick(Domains);
        var owner = Owner(simulation);
        if (simulation.Ledger.ClaimsTo(profile, DomainName.Parse(domain)).LastOrDefault(claim => claim.Owner == owner) is { } claim)
        {
            change(claim);
        }

        return Task.CompletedTask;
    }

    private static Task Use(SimulationRun simulation, Node node)
    {
        var now = simulation.Clock.GetUtcNow();
        var (_, domain) = simulation.Random.Pick(Domains);
        simulation.Uses.Set(Owner(simulation), DomainName.Parse(domain), simulation.Random.Below(6) switch
        {
            0 => new HolderActivity { LastUsedAt = now, RecentUses = 1 },
            1 => new HolderActivity { LastUsedAt = now, PendingWork = 2 },
            2 => new HolderActivity { LastUsedAt = now - TimeSpan.FromHours(1), RecentUses = GatedPolicy.TooMany + 1 },
            _ => HolderActivity.Unknown,
        });
        return Task.CompletedTask;
    }

    private static async Task Review(SimulationRun simulation, Node node)
    {
        var page = await node.Reviews.ListAsync().ConfigureAwait(false);
        simulation.Expect(
            page.Reviews.All(review => simulation.Ledger.Find(review.HolderClaim) is not { } holder || review.MaskedHolder != holder.Owner),
            "a reviewer reads a holder's name");
        simulation.Read.AddRange(page.Reviews);
        if (simulation.Read.Count == 0)
        {
            return;
        }

        var review = page.Reviews.Count == 0 || simulation.Random.Chance(250)
            ? simulation.Random.Pick(simulation.Read)
            : simulation.Random.Pick(page.Reviews);
        var actor = simulation.Random.Chance(850) ? simulation.Random.Pick(Staff.Reviewers)
            : simulation.Random.Chance(500) ? ClaimActor.User(review.Claimant)
            : ClaimActor.User(simulation.Ledger.Find(review.HolderClaim)!.Owner);
        if (!Staff.Includes(actor) && !simulation.Parts.Profiles.Find(review.Profile)!.Transfers.FourEyes)
        {
            actor = Staff.Reviewers[0];
        }

        await DecideAsync(simulation, node, review, actor, simulation.Random.Chance(650)).ConfigureAwait(false);
    }

    /// <summary>Somebody wants a takeover undone, in time or not.</summary>
    private static async Task Undo(SimulationRun simulation, Node node)
    {
        var taken = simulation.Ledger.Claims.Where(claim => claim.Transfer is { State: TransferState.Done }).ToList();
        if (taken.Count == 0)
        {
            return;
        }

        var claim = simulation.Random.Chance(500) ? taken[^1] : simulation.Random.Pick(taken);
        long? version = simulation.Random.Chance(300) ? claim.Version : null;
        var actor = simulation.Random.Chance(900) ? simulation.Random.Pick(Staff.Reviewers) : ClaimActor.User(claim.Owner);
        var result = await node.Reviews.UndoAsync(claim.Id, new TransferReviewDecision(actor, version, "mistake")).ConfigureAwait(false);
        Note(simulation, node, result.Error);
        simulation.Ledger.Count($"undo: {result.Error?.Code ?? "done"}");
        if (result.Status == TransferReviewStatus.Done)
        {
            simulation.Expect(
                version is null || result.Claim!.Version == version + (claim.Status.Holds ? 1 : 0),
                "another state was undone than the one that was read");
            CheckStaff(simulation, claim.Profile, actor);
        }
    }

    private static async Task Replay(SimulationRun simulation, Node node)
    {
        if (await DeadAsync(simulation, node).ConfigureAwait(false) is { } dead)
        {
            await node.Outbox.ReplayAsync(dead.Id, Staff.Operator).ConfigureAwait(false);
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
            simulation.Provisioned[dead.Target].Remove(new Holding(dead.ClaimId, dead.Epoch));
        }

        simulation.Ledger.NoteDiscard(dead);
        await node.Outbox.DiscardAsync(dead.Id, Staff.Operator).ConfigureAwait(false);
    }

    private static async Task<ClaimWork?> DeadAsync(SimulationRun simulation, Node node)
    {
        var query = new WorkQuery { IsDead = true, PageSize = WorkQuery.MaximumPageSize };
        var page = await node.Outbox.ListAsync(query).ConfigureAwait(false);
        return page.Work.Count == 0 ? null : simulation.Random.Pick(page.Work);
    }

    private static string Owner(SimulationRun simulation) =>
        string.Create(CultureInfo.InvariantCulture, $"owner-{simulation.Random.Below(Owners)}");

    private static ClaimReference Claim(SimulationRun simulation)
    {
        var (profile, domain) = simulation.Random.Pick(Domains);
        return ClaimReference.To(Owner(simulation), domain, profile);
    }

    /// <summary>What an owner was told must be true: an answer that something is done is the answer of a commit.</summary>
    private static void Note(SimulationRun simulation, Node node, ClaimResult result)
    {
        if (result.Claim is { } claim)
        {
            simulation.Expect(
                (simulation.Ledger.Find(claim.Id)?.Version ?? 0) >= claim.Version, "an owner was told of a state that was never committed");
            simulation.Expect(claim.Transfer?.Holder is null, "an owner learns of the other side");
        }

        Note(simulation, node, result.Error);
    }

    /// <summary>
    /// Nobody names a version but reviewers, who are told that a case is stale: who still gets a conflict has lost a whole row of
    /// races.
    /// </summary>
    private static void Note(SimulationRun simulation, Node node, DomainVerificationError? error)
    {
        simulation.Expect(error?.Code != DomainVerificationErrorCodes.VersionConflict, "somebody gets nothing but conflicts");
        simulation.Note(error?.Code ?? "done", node);
    }
}
