using DomainVerification.Tests.Claims;
using static DomainVerification.Tests.Claims.ClaimWorldExtensions;
using static DomainVerification.Tests.Transfers.TransferWorld;
using Codes = DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Tests.Transfers;

/// <summary>A person decides.</summary>
public class ReviewTests
{
    [Fact]
    public async Task A_case_shows_both_sides_with_the_holder_masked()
    {
        await using var world = Create();
        var (ann, review) = await world.InReviewAsync();

        Assert.Equal(("bob", "…", ann.Id), (review.Claimant, review.MaskedHolder, review.HolderClaim));
        Assert.Equal((DomainName.Parse(Domain), string.Empty), (review.Domain, review.Profile));
        Assert.Equal(12, review.Activity.RecentUses);
        Assert.Equal(ProofOutcome.Proved, review.HolderCheck!.Outcome);
        Assert.NotNull(review.HolderEvidence);
        Assert.Equal(world.Clock.GetUtcNow() + TimeSpan.FromDays(14), review.ExpiresAt);
        Assert.Equal(TransferReviewState.Open, review.State);
        var listed = Assert.Single((await world.Reviews().ListAsync()).Reviews);
        Assert.Equal((review.Claim, review.Version), (listed.Claim, listed.Version));
    }

    [Fact]
    public async Task Approved_the_holder_is_released_and_the_claimant_holds()
    {
        await using var world = Create();
        var (ann, review) = await world.InReviewAsync();

        var decided = await world.Reviews().ApproveAsync(review.Claim, Decision(review, "Bob is the new owner."));

        Assert.Equal((TransferReviewStatus.Done, ClaimStatus.Verified), (decided.Status, decided.Claim!.Status));
        Assert.Equal(TransferState.Approved, decided.Claim.Transfer!.State);
        Assert.Equal(ClaimStatus.Claimed, await world.StatusAsync(ann));
        await world.WorkAsync();
        var bob = await world.NowAsync(decided.Claim);
        Assert.Equal((ClaimStatus.Claimed, TransferState.Done), (bob.Status, bob.Transfer!.State));
        Assert.Equal((Operator, "Bob is the new owner."), (bob.Transfer.Verdict!.Actor, bob.Transfer.Verdict.Reason));
        Assert.Equal("requested verified review_opened review_approved claimed", await world.TrailAsync(bob));
        Assert.Equal("requested verified claimed contested released", await world.TrailAsync(ann));
        var entry = (await world.Store.ListEventsAsync(bob.Id, default)).Single(told => told.Type == ClaimEventTypes.ReviewApproved);
        Assert.Equal((Operator, "Bob is the new owner."), (entry.Actor, entry.Reason));
        Assert.Empty((await world.Reviews().ListAsync()).Reviews);
    }

    [Fact]
    public async Task Approved_long_after_the_proof_the_record_is_looked_for_again()
    {
        await using var world = Create();
        var (ann, review) = await world.InReviewAsync();
        world.Clock.Advance(TimeSpan.FromDays(5));
        await world.Reviews().ApproveAsync(review.Claim, Decision(review));

        await world.WorkAsync();

        Assert.Equal(ClaimStatus.Released, await world.StatusAsync(ann));
        Assert.Equal(
            "requested verified review_opened review_approved reverified claimed",
            await world.TrailAsync((await world.Store.FindAsync(review.Claim, default))!));
    }

    [Fact]
    public async Task Approved_while_the_record_is_gone_the_claimant_may_publish_it_again()
    {
        await using var world = Create();
        var (ann, review) = await world.InReviewAsync();
        world.Unpublish(ann);
        world.Clock.Advance(TimeSpan.FromDays(5));
        await world.Reviews().ApproveAsync(review.Claim, Decision(review));
        await world.WorkAsync();
        var bob = (await world.Store.FindAsync(review.Claim, default))!;
        Assert.Equal((ClaimStatus.Verified, TransferState.Approved), (bob.Status, bob.Transfer!.State));
        Assert.Equal(ClaimStatus.Claimed, await world.StatusAsync(ann));

        world.Publish((await world.Manager.GetInstructionsAsync(ClaimReference.To(bob))).Instructions!);
        world.Clock.Advance(TimeSpan.FromMinutes(15));
        await world.WorkAsync();

        Assert.Equal(ClaimStatus.Claimed, await world.StatusAsync(bob));
    }

    [Fact]
    public async Task An_approval_that_is_never_used_runs_out()
    {
        await using var world = Create();
        var (ann, review) = await world.InReviewAsync();
        world.Unpublish(ann);
        world.Clock.Advance(TimeSpan.FromDays(5));
        await world.Reviews().ApproveAsync(review.Claim, Decision(review));
        for (var i = 0; i < 15; i++)
        {
            await world.WorkAsync();
            world.Clock.Advance(TimeSpan.FromDays(1));
        }

        await world.WorkAsync();

        var bob = (await world.Store.FindAsync(review.Claim, default))!;
        Assert.Equal((ClaimStatus.Verified, null, null), (bob.Status, bob.Transfer, bob.DueAt));
        Assert.Equal("requested verified review_opened review_approved transfer_ended", await world.TrailAsync(bob));
    }

    [Fact]
    public async Task Rejected_the_claim_ends_and_its_token_is_dead()
    {
        await using var world = Create();
        var (ann, review) = await world.InReviewAsync();

        var decided = await world.Reviews().RejectAsync(review.Claim, Decision(review, "Not convinced."));

        Assert.Equal((TransferReviewStatus.Done, ClaimStatus.Rejected), (decided.Status, decided.Claim!.Status));
        Assert.Equal(ClaimStatus.Claimed, await world.StatusAsync(ann));
        Assert.Equal("Not convinced.", (await world.Store.ListEventsAsync(review.Claim, default))[^1].Reason);
        await world.RefusedAsync(Codes.ClaimEnded, manager => manager.ClaimAsync(ClaimReference.To(decided.Claim)));
        var again = await world.RequestAsync("bob", Domain);
        Assert.Equal(2, again.Claim!.Challenge.Generation);
        var leftover = await world.Manager.VerifyAsync(ClaimReference.To(again.Claim));
        Assert.Equal(ProofDiagnosisCodes.TokenSpent, leftover.Report!.Diagnosis.Code);
    }

    [Fact]
    public async Task Undecided_the_holder_keeps_the_domain_and_the_claimant_may_ask_again()
    {
        await using var world = Create();
        var (ann, review) = await world.InReviewAsync();
        world.Clock.Advance(TimeSpan.FromDays(14));
        Assert.Equal(Codes.ReviewStale, (await world.Reviews().ApproveAsync(review.Claim, Decision(review))).Error?.Code);

        await world.WorkAsync();

        var bob = (await world.Store.FindAsync(review.Claim, default))!;
        Assert.Equal((ClaimStatus.Verified, null, null), (bob.Status, bob.Transfer, bob.DueAt));
        Assert.Equal("requested verified review_opened review_expired", await world.TrailAsync(bob));
        Assert.Equal(ClaimStatus.Claimed, await world.StatusAsync(ann));
        Assert.Equal(Codes.ReviewNotFound, (await world.Reviews().ApproveAsync(review.Claim, Decision(review))).Error?.Code);
    }

    [Fact]
    public async Task A_stale_version_is_refused_and_changes_nothing()
    {
        await using var world = Create();
        var (_, review) = await world.InReviewAsync();
        var bob = ClaimReference.To("bob", review.Claim);
        await world.Manager.RotateTokenAsync(bob);
        var before = await world.Store.SnapshotAsync();

        var approved = await world.Reviews().ApproveAsync(review.Claim, Decision(review));
        var rejected = await world.Reviews().RejectAsync(review.Claim, Decision(review));

        Assert.Equal((Codes.ReviewStale, Codes.ReviewStale), (approved.Error?.Code, rejected.Error?.Code));
        Assert.Equal(before, await world.Store.SnapshotAsync());
    }

    [Fact]
    public async Task The_holder_leaves_during_the_review_and_the_claimant_gets_the_domain()
    {
        await using var world = Create();
        var (ann, review) = await world.InReviewAsync();

        await world.Manager.UnclaimAsync(ClaimReference.To(ann));
        Assert.Equal(TransferReviewState.Stale, (await world.Reviews().FindAsync(review.Claim))!.State);
        Assert.Equal(Codes.ReviewStale, (await world.Reviews().ApproveAsync(review.Claim, Decision(review, version: null))).Error?.Code);
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.WorkAsync();

        var bob = (await world.Store.FindAsync(review.Claim, default))!;
        Assert.Equal((ClaimStatus.Claimed, null), (bob.Status, bob.Transfer));
        Assert.Equal("requested verified review_opened review_closed claimed", await world.TrailAsync(bob));
    }

    [Fact]
    public async Task The_holder_leaves_and_comes_back_during_the_review_and_the_case_is_about_a_holding_that_is_over()
    {
        await using var world = Create();
        var (ann, review) = await world.InReviewAsync();
        await world.Manager.UnclaimAsync(ClaimReference.To(ann));
        await world.ClaimAsync(ann);
        Assert.Equal(ann.Id, (await world.HolderAsync())!.Id);
        var before = await world.Store.SnapshotAsync();

        var approved = await world.Reviews().ApproveAsync(review.Claim, Decision(review, version: null));

        Assert.Equal(Codes.ReviewStale, approved.Error?.Code);
        Assert.Equal(before, await world.Store.SnapshotAsync());
    }

    [Fact]
    public async Task Two_cases_of_one_domain_the_second_is_about_the_new_holder_once_the_first_is_approved()
    {
        await using var world = Create();
        var (_, first) = await world.InReviewAsync();
        var eve = await world.VerifiedAsync("eve", Domain);
        await world.ClaimAsync(eve);
        var second = (await world.Reviews().FindAsync(eve.Id))!;

        await world.Reviews().ApproveAsync(first.Claim, Decision(first));
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await world.WorkAsync();
        var late = await world.Reviews().ApproveAsync(eve.Id, Decision(second));

        Assert.Equal(Codes.ReviewStale, late.Error?.Code);
        Assert.Equal(first.Claim, (await world.HolderAsync())!.Id);
        var third = (await world.Reviews().FindAsync(eve.Id))!;
        Assert.Equal(first.Claim, third.HolderClaim);
        Assert.Equal("requested verified review_opened review_closed review_opened", await world.TrailAsync(eve));
    }

    [Fact]
    public async Task Two_reviewers_at_once_one_decision_counts()
    {
        await using var world = Create();
        var (_, review) = await world.InReviewAsync();

        var results = await Concurrently.RunAsync(16, i => i % 2 == 0
            ? world.Reviews().ApproveAsync(review.Claim, Decision(review))
            : world.Reviews().RejectAsync(review.Claim, Decision(review)));

        Assert.Single(results, result => result.Status == TransferReviewStatus.Done);
        Assert.All(
            results.Where(result => result.Status != TransferReviewStatus.Done),
            result => Assert.Contains(result.Error!.Code, new[] { Codes.ReviewStale, Codes.ReviewNotFound }));
    }

    [Theory]
    [InlineData("bob")]
    [InlineData("ann")]
    [InlineData("bobs-clerk")]
    public async Task With_four_eyes_a_party_does_not_decide(string who)
    {
        await using var world = Create();
        var (_, review) = await world.InReviewAsync();
        await world.Manager.RotateTokenAsync(
            ClaimReference.To("bob", review.Claim), options: new ClaimActionOptions { Actor = ClaimActor.User("bobs-clerk") });
        review = (await world.Reviews().FindAsync(review.Claim))!;
        var before = await world.Store.SnapshotAsync();
        var decision = new TransferReviewDecision(ClaimActor.User(who), review.Version);

        Assert.Equal(Codes.ReviewerIsParty, (await world.Reviews().ApproveAsync(review.Claim, decision)).Error?.Code);
        Assert.Equal(Codes.ReviewerIsParty, (await world.Reviews().RejectAsync(review.Claim, decision)).Error?.Code);
        Assert.Equal(before, await world.Store.SnapshotAsync());
    }

    [Fact]
    public async Task With_four_eyes_the_holder_that_has_given_the_domain_up_does_not_reject_either()
    {
        await using var world = Create();
        var (ann, review) = await world.InReviewAsync();
        await world.Manager.UnclaimAsync(ClaimReference.To(ann));
        review = (await world.Reviews().FindAsync(review.Claim))!;
        var before = await world.Store.SnapshotAsync();

        var decided = await world.Reviews().RejectAsync(review.Claim, new TransferReviewDecision(ClaimActor.User("ann"), review.Version));

        Assert.Equal(Codes.ReviewerIsParty, decided.Error?.Code);
        Assert.Equal(before, await world.Store.SnapshotAsync());
    }

    [Fact]
    public async Task Without_four_eyes_whom_the_host_lets_decides()
    {
        await using var world = Create(options => options.FourEyes = false);
        var (_, review) = await world.InReviewAsync();

        var decided = await world.Reviews().ApproveAsync(review.Claim, new TransferReviewDecision(ClaimActor.User("bob"), review.Version));

        Assert.Equal(TransferReviewStatus.Done, decided.Status);
    }

    [Fact]
    public async Task The_claimant_withdraws_by_giving_its_proof_up()
    {
        await using var world = Create();
        var (ann, review) = await world.InReviewAsync();

        await world.Manager.UnverifyAsync(ClaimReference.To("bob", review.Claim));

        Assert.Null(await world.Reviews().FindAsync(review.Claim));
        Assert.Equal(Codes.ReviewNotFound, (await world.Reviews().ApproveAsync(review.Claim, Decision(review))).Error?.Code);
        Assert.Equal(ClaimStatus.Claimed, await world.StatusAsync(ann));
    }

    [Fact]
    public async Task Pages_hold_what_was_asked_for()
    {
        await using var world = Create();
        world.Activity().Activity = new HolderActivity { PendingWork = 1 };
        foreach (var domain in new[] { "a.example", "b.example", "c.example" })
        {
            await world.ClaimedAsync("ann", domain);
            await world.ClaimAsync(await world.VerifiedAsync("bob", domain));
        }

        var first = await world.Reviews().ListAsync(new TransferReviewQuery { PageSize = 2 });
        var rest = await world.Reviews().ListAsync(new TransferReviewQuery { PageSize = 2, After = first.Next });
        var one = await world.Reviews().ListAsync(new TransferReviewQuery { Domain = DomainName.Parse("b.example") });
        var none = await world.Reviews().ListAsync(new TransferReviewQuery { Profile = "other" });

        Assert.Equal(["a.example", "b.example", "c.example"], first.Reviews.Concat(rest.Reviews).Select(review => review.Domain.Value).Order());
        Assert.Null(rest.Next);
        Assert.Equal("b.example", Assert.Single(one.Reviews).Domain.Value);
        Assert.Empty(none.Reviews);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => world.Reviews().ListAsync(new TransferReviewQuery { PageSize = 0 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => world.Reviews().ListAsync(new TransferReviewQuery { PageSize = 101 }));
    }

    [Theory]
    [InlineData("ann", "…")]
    [InlineData("tenant-4711", "…")]
    [InlineData("customer-4711", "cu…11")]
    [InlineData("t\U0001F600abcdefghi", "…hi")]
    public void A_mask_shows_the_ends_of_a_long_identifier_only(string owner, string mask) =>
        Assert.Equal(mask, DomainVerification.Transfers.Internal.HolderMask.Of(owner));

    [Fact]
    public void A_reason_is_text_that_every_database_keeps()
    {
        Assert.Throws<ArgumentNullException>(() => new TransferReviewDecision(null!, 1));
        Assert.Throws<ArgumentException>(() => new TransferReviewDecision(Operator, 1, "a\0b"));
        Assert.Throws<ArgumentException>(() => new TransferReviewDecision(Operator, 1, "\ud800"));
        Assert.Throws<ArgumentException>(() => new TransferReviewDecision(Operator, 1, new string('a', 1025)));
        Assert.Equal(1024, new TransferReviewDecision(Operator, 1, new string('a', 1024)).Reason!.Length);
    }

    private static TransferReviewDecision Decision(TransferReview review, string? reason = null) =>
        new(Operator, review.Version, reason);

    private static TransferReviewDecision Decision(TransferReview review, long? version) => new(Operator, version, review.Claimant);
}
