using Codes = DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Tests.Claims;

/// <summary>A profile that takes no proof while another owner holds the domain.</summary>
public class RefuseProofsTests
{
    private const string Domain = "acme.example";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Prove_AnotherHolds_IsRefusedWithoutALookAndAllowedAfterwards(bool confirms)
    {
        await using var world = World();
        var eve = await world.RequestAsync("eve", Domain);
        var ann = await world.ClaimedAsync("ann", Domain);
        world.Publish(eve.Instructions!);
        var asked = world.Resolver.Queries.Count;

        await world.RefusedAsync(Codes.DomainHeld, manager => ProveAsync(manager, eve.Claim!, confirms));

        Assert.Equal(asked, world.Resolver.Queries.Count);
        await world.Manager.UnclaimAsync(ClaimReference.To(ann));
        var status = confirms ? ClaimStatus.Claimed : ClaimStatus.Verified;
        Assert.Equal(status, (await ProveAsync(world.Manager, eve.Claim!, confirms)).RequireClaim().Status);
    }

    [Fact]
    public async Task Verify_FreshProofButAnotherHolds_IsRefusedAndStaysVerified()
    {
        await using var world = World();
        var bob = await world.VerifiedAsync("bob", Domain);
        await world.ClaimedAsync("ann", Domain);

        await world.RefusedAsync(Codes.DomainHeld, manager => manager.VerifyAsync(ClaimReference.To(bob)));

        Assert.Equal(ClaimStatus.Verified, (await world.NowAsync(bob)).Status);
    }

    [Fact]
    public async Task Request_AnotherHolds_IsRefused()
    {
        await using var world = World();
        await world.ClaimedAsync("ann", Domain);

        await world.RefusedAsync(Codes.DomainHeld, manager => manager.RequestAsync(new ClaimRequest("eve", Domain)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Prove_HolderItself_IsNotKeptOut(bool confirms)
    {
        await using var world = World();
        var ann = await world.ClaimedAsync("ann", Domain);
        world.Clock.Advance(TimeSpan.FromDays(2));

        var again = await ProveAsync(world.Manager, ann, confirms);

        Assert.Equal(ClaimStatus.Claimed, again.RequireClaim().Status);
        Assert.Equal(confirms ? ClaimResultStatus.Unchanged : ClaimResultStatus.Done, again.Status);
    }

    [Fact]
    public async Task Verify_SharedProfile_KeepsNobodyOut()
    {
        await using var world = World(options => options.Exclusivity = DomainExclusivity.Shared);
        await world.ClaimedAsync("ann", Domain);

        Assert.Equal(ClaimStatus.Verified, (await world.VerifiedAsync("bob", Domain)).Status);
    }

    [Fact]
    public async Task Worker_AnotherHolds_WaitsOnItsRungAndProvesWhenTheHolderIsGone()
    {
        await using var world = World(options => options.Recheck.Start = RecheckStart.Immediately);
        var eve = await world.RequestAsync("eve", Domain);
        world.Publish(eve.Instructions!);
        var ann = await world.ClaimedAsync("ann", Domain);

        world.Clock.Advance(TimeSpan.FromMinutes(2));
        await world.WorkAsync();

        var waiting = await world.NowAsync(eve.Claim!);
        Assert.Equal((ClaimStatus.Pending, 0, 0), (waiting.Status, waiting.Rechecks, waiting.Attempts));
        Assert.Equal((ProofOutcome.Inconclusive, Codes.DomainHeld), (waiting.LastCheck!.Outcome, waiting.LastCheck.Code));
        Assert.True(waiting.DueAt > world.Clock.GetUtcNow());

        await world.Manager.UnclaimAsync(ClaimReference.To(ann));
        world.Clock.Advance(waiting.DueAt!.Value - world.Clock.GetUtcNow());
        await world.WorkAsync();

        Assert.Equal(ClaimStatus.Verified, (await world.NowAsync(waiting)).Status);
    }

    [Fact]
    public async Task Worker_AnotherHoldsToTheEnd_LetsTheClaimExpire()
    {
        await using var world = World(options => options.Recheck.Start = RecheckStart.Immediately);
        var eve = await world.RequestAsync("eve", Domain);
        world.Publish(eve.Instructions!);
        await world.ClaimedAsync("ann", Domain);

        for (var hour = 0; hour < 8 * 24; hour++)
        {
            world.Clock.Advance(TimeSpan.FromHours(1));
            await world.WorkAsync();
        }

        Assert.Equal(ClaimStatus.Expired, (await world.NowAsync(eve.Claim!)).Status);
    }

    private static ClaimWorld World(Action<DomainVerificationOptions>? configure = null) => new(options =>
    {
        options.Takeover = TakeoverRule.RefuseProofs;
        configure?.Invoke(options);
    });

    private static Task<ClaimResult> ProveAsync(IDomainClaimManager manager, DomainClaim claim, bool confirms) =>
        confirms ? manager.ConfirmAsync(ClaimReference.To(claim)) : manager.VerifyAsync(ClaimReference.To(claim));
}
