using DomainVerification.Testing;
using DomainVerification.Tests.Claims;
using Codes = DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Tests.Transfers;

/// <summary>The holder is asked to prove again before it loses its domain.</summary>
public class ReproofTests
{
    [Fact]
    public async Task A_holder_that_still_proves_makes_the_case_a_review_with_both_evidences()
    {
        await using var world = World();
        var (ann, bob) = await world.ContestedAsync();

        var result = await world.ClaimAsync(bob);

        Assert.Equal(Codes.TransferInReview, result.Error?.Code);
        Assert.Equal([TransferReasons.IncumbentReproof, TransferReasons.IncumbentProves], result.Claim!.Transfer!.Reasons);
        var review = (await world.Reviews().FindAsync(bob.Id))!;
        Assert.Equal(ProofOutcome.Proved, review.HolderCheck!.Outcome);
        Assert.Equal((ann.Challenge.Record.Name, 1), (review.HolderEvidence!.RecordName, review.HolderEvidence.Generation));
        Assert.Equal(bob.Proof, review.ClaimantProof);
        Assert.NotEqual(review.HolderEvidence.ValueDigest, review.ClaimantProof.Evidence.ValueDigest);
    }

    [Fact]
    public async Task A_holder_whose_record_is_gone_gives_way()
    {
        await using var world = World();
        var (ann, bob) = await world.ContestedAsync();
        world.Unpublish(ann);
        world.Publish((await world.Manager.GetInstructionsAsync(ClaimReference.To(bob))).Instructions!);

        Assert.Equal(ClaimStatus.Claimed, (await world.ClaimAsync(bob)).RequireClaim().Status);
        Assert.Equal(ClaimStatus.Released, await world.StatusAsync(ann));
    }

    [Fact]
    public async Task A_holder_whose_proof_cannot_be_looked_for_loses_nothing_and_is_looked_at_again()
    {
        await using var world = World();
        var (ann, bob) = await world.ContestedAsync();
        world.Unpublish(ann);
        world.Resolver.Faults.Add(DnsFault.ServFail());

        var result = await world.ClaimAsync(bob);

        Assert.Equal(Codes.TransferWaiting, result.Error?.Code);
        Assert.Equal([TransferReasons.IncumbentReproof, TransferReasons.IncumbentUnknown], result.Claim!.Transfer!.Reasons);
        Assert.Equal(ClaimStatus.Claimed, await world.StatusAsync(ann));
        world.Clock.Advance(TimeSpan.FromMinutes(15));
        await world.WorkAsync();
        Assert.Equal("requested verified transfer_waiting", await world.TrailAsync(bob));
        Assert.Equal("requested verified claimed contested", await world.TrailAsync(ann));

        world.Resolver.Faults.Clear();
        world.Clock.Advance(TimeSpan.FromMinutes(15));
        await world.WorkAsync();

        Assert.Equal(ClaimStatus.Claimed, await world.StatusAsync(bob));
    }

    [Fact]
    public async Task A_holder_with_time_to_prove_again_is_told_and_keeps_the_domain_where_it_does()
    {
        await using var world = World(TimeSpan.FromDays(3));
        var (ann, bob) = await world.ContestedAsync();
        world.Unpublish(ann);
        world.Publish((await world.Manager.GetInstructionsAsync(ClaimReference.To(bob))).Instructions!);

        var result = await world.ClaimAsync(bob);

        Assert.Equal(Codes.TransferWaiting, result.Error?.Code);
        Assert.Equal(world.Clock.GetUtcNow() + TimeSpan.FromDays(3), result.Claim!.Transfer!.Until);
        var told = (await world.Store.ListEventsAsync(ann.Id, default))[^1];
        Assert.Equal((ClaimEventTypes.Contested, TransferReasons.IncumbentReproof), (told.Type, told.Reason));
        world.Publish((await world.Manager.GetInstructionsAsync(ClaimReference.To(ann))).Instructions!);
        world.Clock.Advance(TimeSpan.FromDays(3));
        await world.WorkAsync();
        Assert.Equal((ClaimStatus.Claimed, ClaimStatus.InReview), (await world.StatusAsync(ann), await world.StatusAsync(bob)));
    }

    [Fact]
    public async Task A_holder_that_lets_its_time_pass_gives_way()
    {
        await using var world = World(TimeSpan.FromDays(3));
        var (ann, bob) = await world.ContestedAsync();
        world.Unpublish(ann);
        world.Publish((await world.Manager.GetInstructionsAsync(ClaimReference.To(bob))).Instructions!);
        await world.ClaimAsync(bob);
        world.Clock.Advance(TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1));
        await world.WorkAsync();
        Assert.Equal(ClaimStatus.Claimed, await world.StatusAsync(ann));

        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.WorkAsync();

        Assert.Equal((ClaimStatus.Released, ClaimStatus.Claimed), (await world.StatusAsync(ann), await world.StatusAsync(bob)));
    }

    [Fact]
    public async Task A_holder_that_lapsed_and_proves_again_before_anybody_looked_makes_the_case_a_review()
    {
        await using var world = TransferWorld.Create(
            options => options.ReproveHolder = true, profile: options => options.Watch.Enabled = true);
        var ann = await LapsedAsync(world);
        world.Publish((await world.Manager.GetInstructionsAsync(ClaimReference.To(ann))).Instructions!);
        var bob = await world.VerifiedAsync("bob", ClaimWorldExtensions.Domain);

        var result = await world.ClaimAsync(bob);

        Assert.Equal(Codes.TransferInReview, result.Error?.Code);
        Assert.Equal(ClaimStatus.Claimed, await world.StatusAsync(ann));
    }

    [Fact]
    public async Task A_holder_that_lapsed_and_does_not_prove_gives_way_without_a_window()
    {
        await using var world = TransferWorld.Create(
            options =>
            {
                options.ReproveHolder = true;
                options.ReproofWindow = TimeSpan.FromDays(3);
            },
            profile: options => options.Watch.Enabled = true);
        var ann = await LapsedAsync(world);
        var bob = await world.VerifiedAsync("bob", ClaimWorldExtensions.Domain);

        Assert.Equal(ClaimStatus.Claimed, (await world.ClaimAsync(bob)).RequireClaim().Status);
        Assert.Equal(ClaimStatus.Released, await world.StatusAsync(ann));
    }

    [Fact]
    public async Task What_a_watch_found_before_it_was_turned_off_counts_for_nothing()
    {
        await using var world = TransferWorld.Create(profile: options => options.Watch.Enabled = true);
        var ann = await LapsedAsync(world);
        world.Get<Microsoft.Extensions.Options.IOptionsMonitor<DomainVerificationOptions>>().CurrentValue.Watch.Enabled = false;
        world.Activity().Activity = new HolderActivity { PendingWork = 1 };
        var bob = await world.VerifiedAsync("bob", ClaimWorldExtensions.Domain);

        Assert.Equal(Codes.TransferInReview, (await world.ClaimAsync(bob)).Error?.Code);
        Assert.Equal(ClaimStatus.Claimed, await world.StatusAsync(ann));
    }

    private static async Task<DomainClaim> LapsedAsync(ClaimWorld world)
    {
        var ann = await world.ClaimedAsync("ann", ClaimWorldExtensions.Domain);
        world.Unpublish(ann);
        for (var hour = 0; hour < 9 * 24; hour++)
        {
            world.Clock.Advance(TimeSpan.FromHours(1));
            await world.WorkAsync();
        }

        var lapsed = await world.NowAsync(ann);
        Assert.Equal(ProofHealth.Lapsed, lapsed.Health!.State);
        return lapsed;
    }

    [Fact]
    public async Task The_time_to_prove_again_begins_when_the_holder_is_asked_to_however_long_the_claimant_waited_before()
    {
        await using var world = TransferWorld.Create(options =>
        {
            options.GracePeriod = TimeSpan.FromDays(5);
            options.ReproveHolder = true;
            options.ReproofWindow = TimeSpan.FromDays(3);
        });
        var (ann, bob) = await world.ContestedAsync();
        world.Unpublish(ann);
        world.Publish((await world.Manager.GetInstructionsAsync(ClaimReference.To(bob))).Instructions!);
        await world.ClaimAsync(bob);
        world.Clock.Advance(TimeSpan.FromDays(5));

        await world.WorkAsync();

        Assert.Equal(ClaimStatus.Claimed, await world.StatusAsync(ann));
        Assert.Equal(world.Clock.GetUtcNow() + TimeSpan.FromDays(3), (await world.NowAsync(bob)).Transfer!.Until);
        var told = (await world.Store.ListEventsAsync(ann.Id, default))[^1];
        Assert.Equal((ClaimEventTypes.Contested, TransferReasons.IncumbentReproof), (told.Type, told.Reason));
        world.Clock.Advance(TimeSpan.FromDays(3));
        await world.WorkAsync();
        Assert.Equal(ClaimStatus.Claimed, await world.StatusAsync(bob));
    }

    private static ClaimWorld World(TimeSpan window = default) => TransferWorld.Create(options =>
    {
        options.ReproveHolder = true;
        options.ReproofWindow = window;
    });
}
