using static DomainVerification.Tests.Claims.ClaimWorldExtensions;
using Codes = DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Tests.Claims;

public class HoldingTests
{
    [Fact]
    public async Task Claim_Verified_HoldsWithTheEvidenceOfItsProof()
    {
        await using var world = new ClaimWorld();
        var verified = await world.VerifiedAsync("ann", Domain);

        var claim = (await world.Manager.ClaimAsync(ClaimReference.To(verified))).RequireClaim();

        Assert.Equal((ClaimStatus.Claimed, 1L), (claim.Status, claim.Epoch));
        Assert.Equal(claim, await world.HolderAsync());
        var entry = (await world.Store.ListEventsAsync(claim.Id, default))[^1];
        Assert.Equal((ClaimEventTypes.Claimed, 1L), (entry.Type, entry.Epoch));
        Assert.Equal(verified.Proof!.Evidence, entry.Evidence);
    }

    [Fact]
    public async Task Claim_Again_IsUnchanged()
    {
        await using var world = new ClaimWorld();
        var claim = await world.ClaimedAsync("ann", Domain);
        var before = await world.Store.SnapshotAsync();

        var result = await world.Manager.ClaimAsync(ClaimReference.To(claim));

        Assert.Equal((ClaimResultStatus.Unchanged, claim), (result.Status, result.Claim));
        Assert.Equal(before, await world.Store.SnapshotAsync());
    }

    [Fact]
    public async Task Claim_HeldByAnother_ReleasesTheHolderInTheSameStep()
    {
        await using var world = new ClaimWorld();
        var ann = await world.ClaimedAsync("ann", Domain);

        var bob = await world.ClaimedAsync("bob", Domain);

        Assert.Equal(bob.Id, (await world.HolderAsync())!.Id);
        Assert.Equal(ann.Epoch + 1, bob.Epoch);
        Assert.Equal(ClaimStatus.Released, (await world.NowAsync(ann)).Status);
        Assert.Equal("requested verified claimed released", await world.TrailAsync(ann));
        var released = (await world.Store.ListEventsAsync(ann.Id, default))[^1];
        Assert.Equal(ClaimActor.System, released.Actor);
        Assert.DoesNotContain("bob", released.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claim_ReleasedOwnerComesBack_NeedsAFreshTokenAndProof()
    {
        await using var world = new ClaimWorld();
        var ann = await world.ClaimedAsync("ann", Domain);
        await world.ClaimedAsync("bob", Domain);
        await world.RefusedAsync(Codes.ClaimEnded, manager => manager.ClaimAsync(ClaimReference.To(ann)));
        await world.RefusedAsync(Codes.ClaimEnded, manager => manager.VerifyAsync(ClaimReference.To(ann)));

        var again = await world.ClaimedAsync("ann", Domain);

        Assert.NotEqual(ann.Id, again.Id);
        Assert.Equal((2, 3L), (again.Challenge.Generation, again.Epoch));
        Assert.Equal(again.Id, (await world.HolderAsync())!.Id);
    }

    [Fact]
    public async Task Claim_ProofTooOld_IsRefusedUntilProvedAgain()
    {
        await using var world = new ClaimWorld();
        var claim = await world.VerifiedAsync("ann", Domain);
        world.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));

        await world.RefusedAsync(Codes.ProofStale, manager => manager.ClaimAsync(ClaimReference.To(claim)));

        Assert.Equal(ClaimStatus.Claimed, (await world.Manager.ConfirmAsync(ClaimReference.To(claim))).RequireClaim().Status);
    }

    [Fact]
    public async Task Claim_ProfileIsGone_SaysSo()
    {
        await using var world = new ClaimWorld();
        var claim = ClaimSamples.Of(ClaimStatus.Verified) with { Profile = "removed", Version = 1 };
        await world.Store.CommitAsync(new ClaimCommit { Claims = [claim] }, default);

        await world.RefusedAsync(Codes.ProfileUnknown, manager => manager.ClaimAsync(ClaimReference.To(claim)));
    }

    [Fact]
    public async Task Claim_TakeoverNever_IsRefusedWhileHeldAndAllowedAfterwards()
    {
        await using var world = new ClaimWorld(options => options.Takeover = TakeoverRule.Never);
        var bob = await world.VerifiedAsync("bob", Domain);
        var ann = await world.ClaimedAsync("ann", Domain);

        await world.RefusedAsync(Codes.DomainHeld, manager => manager.ClaimAsync(ClaimReference.To(bob)));

        await world.Manager.UnclaimAsync(ClaimReference.To(ann));
        Assert.Equal(ClaimStatus.Claimed, (await world.Manager.ClaimAsync(ClaimReference.To(bob))).RequireClaim().Status);
    }

    [Fact]
    public async Task Request_TakeoverNever_DoesNotTellWhetherTheDomainIsHeld()
    {
        await using var world = new ClaimWorld(options => options.Takeover = TakeoverRule.Never);
        await world.ClaimedAsync("ann", Domain);

        var held = await world.RequestAsync("eve", Domain);
        var free = await world.RequestAsync("eve", "free.example");

        Assert.Equal((free.Status, free.Error), (held.Status, held.Error));
        Assert.Equal(Codes.NotVerified, (await world.Manager.ClaimAsync(ClaimReference.To(held.Claim!))).Error?.Code);
        Assert.Equal(Codes.ProofNotFound, (await world.Manager.ConfirmAsync(ClaimReference.To(held.Claim!))).Error?.Code);
        world.Publish(held.Instructions!);
        Assert.Equal(Codes.DomainHeld, (await world.Manager.ConfirmAsync(ClaimReference.To(held.Claim!))).Error?.Code);
    }

    [Fact]
    public async Task Request_TakeoverRefuseRequests_IsRefusedWhileHeldAndAllowedAfterwards()
    {
        await using var world = new ClaimWorld(options => options.Takeover = TakeoverRule.RefuseRequests);
        var bob = await world.VerifiedAsync("bob", Domain);
        var ann = await world.ClaimedAsync("ann", Domain);

        await world.RefusedAsync(Codes.DomainHeld, manager => manager.RequestAsync(new ClaimRequest("eve", Domain)));
        await world.RefusedAsync(Codes.DomainHeld, manager => manager.ClaimAsync(ClaimReference.To(bob)));

        await world.Manager.UnclaimAsync(ClaimReference.To(ann));
        Assert.Equal(ClaimResultStatus.Done, (await world.RequestAsync("eve", Domain)).Status);
    }

    [Fact]
    public async Task Claim_Shared_ManyHoldAtOnceWithRisingEpochs()
    {
        await using var world = new ClaimWorld(options => options.Exclusivity = DomainExclusivity.Shared);

        var ann = await world.ClaimedAsync("ann", Domain);
        var bob = await world.ClaimedAsync("bob", Domain);

        Assert.Equal((1L, 2L), (ann.Epoch, bob.Epoch));
        Assert.Equal(ClaimStatus.Claimed, (await world.NowAsync(ann)).Status);
        Assert.Null(await world.HolderAsync());
    }

    [Fact]
    public async Task Claim_SharedInParallel_AllHold()
    {
        await using var world = new ClaimWorld(options => options.Exclusivity = DomainExclusivity.Shared);
        var claims = new List<DomainClaim>();
        for (var i = 0; i < 16; i++)
        {
            claims.Add(await world.VerifiedAsync($"owner-{i}", Domain));
        }

        var results = await Concurrently.RunAsync(16, i => world.Manager.ClaimAsync(ClaimReference.To(claims[i])));

        Assert.All(results, result => Assert.Equal(ClaimStatus.Claimed, result.RequireClaim().Status));
        Assert.Equal(16, results.Select(result => result.Claim!.Epoch).Distinct().Count());
    }

    [Theory]
    [InlineData(DomainExclusivity.OneHolder, DomainExclusivity.Shared)]
    [InlineData(DomainExclusivity.Shared, DomainExclusivity.OneHolder)]
    public async Task Claim_ExclusivityOfTheProfileChanged_IsRefusedAsHeld(DomainExclusivity first, DomainExclusivity then)
    {
        DomainVerificationOptions? profile = null;
        await using var world = new ClaimWorld(options =>
        {
            options.Exclusivity = first;
            profile = options;
        });
        await world.ClaimedAsync("ann", Domain);
        profile!.Exclusivity = then;
        var bob = await world.VerifiedAsync("bob", Domain);

        await world.RefusedAsync(Codes.DomainHeld, manager => manager.ClaimAsync(ClaimReference.To(bob)));
    }

    [Fact]
    public async Task Claim_SomebodyElseTookItMeanwhile_IsContestedAndTakesNothing()
    {
        Func<Task>? meanwhile = null;
        await using var world = new ClaimWorld(build: builder => builder.Use<IClaimStore>(_ => new InterruptedStore(() => meanwhile)));
        await world.ClaimedAsync("ann", Domain);
        var bob = await world.VerifiedAsync("bob", Domain);
        var eve = await world.VerifiedAsync("eve", Domain);
        meanwhile = () => world.Manager.ClaimAsync(ClaimReference.To(eve));

        var result = await world.Manager.ClaimAsync(ClaimReference.To(bob));

        Assert.Equal((ClaimResultStatus.Conflict, Codes.DomainContested), (result.Status, result.Error!.Code));
        Assert.Equal(bob, await world.NowAsync(bob));
        Assert.Equal(eve.Id, (await world.HolderAsync())!.Id);
    }

    [Fact]
    public async Task Unclaim_Holder_StaysVerifiedAndCanClaimAgainAtAHigherEpoch()
    {
        await using var world = new ClaimWorld();
        var claim = await world.ClaimedAsync("ann", Domain);

        var unclaimed = (await world.Manager.UnclaimAsync(ClaimReference.To(claim))).RequireClaim();

        Assert.Equal(ClaimStatus.Verified, unclaimed.Status);
        Assert.Null(await world.HolderAsync());
        await world.RefusedAsync(Codes.NotClaimed, manager => manager.UnclaimAsync(ClaimReference.To(claim)));
        Assert.Equal(2, (await world.Manager.ClaimAsync(ClaimReference.To(claim))).RequireClaim().Epoch);
        Assert.Equal("requested verified claimed unclaimed claimed", await world.TrailAsync(claim));
    }

    [Fact]
    public async Task Unverify_Verified_EndsTheClaim()
    {
        await using var world = new ClaimWorld();
        var claim = await world.VerifiedAsync("ann", Domain);

        var result = await world.Manager.UnverifyAsync(ClaimReference.To(claim));

        Assert.Equal(ClaimStatus.Revoked, result.RequireClaim().Status);
        await world.RefusedAsync(Codes.ClaimEnded, manager => manager.UnverifyAsync(ClaimReference.To(claim)));
        await world.RefusedAsync(Codes.ClaimEnded, manager => manager.GetInstructionsAsync(ClaimReference.To(claim)));
        await world.RefusedAsync(Codes.ClaimEnded, manager => manager.RotateTokenAsync(ClaimReference.To(claim)));
    }

    [Fact]
    public async Task EveryAction_InAStatusThatDoesNotAllowIt_IsRefusedAndChangesNothing()
    {
        await using var world = new ClaimWorld();
        var pending = ClaimReference.To((await world.RequestAsync("ann", "pending.example")).Claim!);
        var verified = ClaimReference.To(await world.VerifiedAsync("ann", "verified.example"));
        var claimed = ClaimReference.To(await world.ClaimedAsync("ann", "claimed.example"));

        await world.RefusedAsync(Codes.NotVerified, manager => manager.ClaimAsync(pending));
        await world.RefusedAsync(Codes.NotVerified, manager => manager.UnverifyAsync(pending));
        await world.RefusedAsync(Codes.NotClaimed, manager => manager.UnclaimAsync(pending));
        await world.RefusedAsync(Codes.NotPending, manager => manager.CancelAsync(verified));
        await world.RefusedAsync(Codes.NotClaimed, manager => manager.UnclaimAsync(verified));
        await world.RefusedAsync(Codes.NotPending, manager => manager.CancelAsync(claimed));
        await world.RefusedAsync(Codes.StillClaimed, manager => manager.UnverifyAsync(claimed));
        await world.RefusedAsync(
            Codes.MethodNotAllowed,
            manager => manager.RotateTokenAsync(claimed, ProofMethod.DnsCname));
    }

    [Fact]
    public async Task Cancel_Pending_EndsTheClaimAndAllowsANewOne()
    {
        await using var world = new ClaimWorld();
        var claim = (await world.RequestAsync("ann", Domain)).Claim!;

        Assert.Equal(ClaimStatus.Canceled, (await world.Manager.CancelAsync(ClaimReference.To(claim))).RequireClaim().Status);

        await world.RefusedAsync(Codes.ClaimEnded, manager => manager.CancelAsync(ClaimReference.To(claim)));
        Assert.Equal(2, (await world.RequestAsync("ann", Domain)).Claim!.Challenge.Generation);
    }

    [Fact]
    public async Task Rotate_Claimed_KeepsTheHoldingAndTheProof()
    {
        await using var world = new ClaimWorld();
        var claim = await world.ClaimedAsync("ann", Domain);

        var rotated = (await world.Manager.RotateTokenAsync(ClaimReference.To(claim))).RequireClaim();

        Assert.Equal((ClaimStatus.Claimed, claim.Epoch, 2), (rotated.Status, rotated.Epoch, rotated.Challenge.Generation));
        Assert.Equal(claim.Proof, rotated.Proof);
        Assert.Null(rotated.DueAt);
    }

    /// <summary>Lets something happen once between the reading of a holding and what follows.</summary>
    private sealed class InterruptedStore(Func<Func<Task>?> interruption) : WrappedStore
    {
        private int _interrupted;

        public override async ValueTask<DomainHolding> FindHoldingAsync(
            string profile,
            DomainName domain,
            CancellationToken cancellationToken)
        {
            var holding = await base.FindHoldingAsync(profile, domain, cancellationToken);
            if (interruption() is { } meanwhile && _interrupted++ == 0)
            {
                await meanwhile();
            }

            return holding;
        }
    }
}
