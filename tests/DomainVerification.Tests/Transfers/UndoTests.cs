using DomainVerification.Tests.Claims;
using DomainVerification.Tests.Work;
using static DomainVerification.Tests.Claims.ClaimWorldExtensions;
using static DomainVerification.Tests.Transfers.TransferWorld;
using Codes = DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Tests.Transfers;

/// <summary>A takeover is given back.</summary>
public class UndoTests
{
    private static readonly TransferReviewDecision Undo = new(Operator, null, "The sale fell through.");

    private readonly ScriptedProvisioner _provisioner = new();

    [Fact]
    public async Task Within_its_window_the_former_holder_gets_the_domain_back_with_fresh_identities()
    {
        await using var world = World();
        var (ann, bob) = await world.ContestedAsync();
        await world.WorkAsync();
        await world.ClaimAsync(bob);
        await world.WorkAsync();
        world.Clock.Advance(TimeSpan.FromDays(2));

        var result = await world.Reviews().UndoAsync(bob.Id, Undo);
        await world.WorkAsync();

        Assert.Equal(TransferReviewStatus.Done, result.Status);
        var back = await world.NowAsync(result.Restored!);
        Assert.Equal(("ann", ClaimStatus.Claimed, 3L), (back.Owner, back.Status, back.Epoch));
        Assert.Equal("3", Assert.Single(back.Identities).Id);
        Assert.NotEqual(ann.Id, back.Id);
        Assert.Equal((2, ann.Challenge.Token), (back.Challenge.Generation, back.SpentTokens[0].Token));
        Assert.NotEqual(ann.Challenge.Token, back.Challenge.Token);
        Assert.Equal(back.Id, (await world.HolderAsync())!.Id);
        Assert.Equal((ClaimStatus.Released, TransferState.Undone), (await world.StatusAsync(bob), (await world.NowAsync(bob)).Transfer!.State));
        Assert.Equal(
            ["provision ann 1", "release ann 1 [1]", "provision bob 2", "release bob 2 [2]", "provision ann 3"],
            _provisioner.Log);
        Assert.Equal("requested verified claimed provisioned transfer_undone", await world.TrailAsync(bob));
        Assert.Equal("restored provisioned", await world.TrailAsync(back));
        Assert.Equal("The sale fell through.", (await world.Store.ListEventsAsync(back.Id, default))[0].Reason);
    }

    [Fact]
    public async Task When_the_window_is_over_nothing_is_undone()
    {
        await using var world = World();
        var (_, bob) = await world.ContestedAsync();
        await world.ClaimAsync(bob);
        world.Clock.Advance(TimeSpan.FromDays(3));

        await RefusedAsync(world, bob, Codes.UndoNotPossible);
    }

    [Fact]
    public async Task Without_a_window_nothing_is_undone()
    {
        await using var world = Create();
        var (_, bob) = await world.ContestedAsync();
        await world.ClaimAsync(bob);

        await RefusedAsync(world, bob, Codes.UndoNotPossible);
    }

    [Fact]
    public async Task A_domain_that_was_given_up_since_is_given_back()
    {
        await using var world = World();
        var (_, bob) = await world.ContestedAsync();
        await world.ClaimAsync(bob);
        await world.WorkAsync();
        await world.Manager.UnclaimAsync(ClaimReference.To(bob));
        await world.Manager.UnverifyAsync(ClaimReference.To(bob));

        var result = await world.Reviews().UndoAsync(bob.Id, Undo);
        await world.WorkAsync();

        Assert.Equal((TransferReviewStatus.Done, ClaimStatus.Revoked), (result.Status, result.Claim!.Status));
        Assert.Equal(("ann", ClaimStatus.Claimed, 3L), (
            (await world.HolderAsync())!.Owner, await world.StatusAsync(result.Restored!), result.Restored!.Epoch));
        await RefusedAsync(world, bob, Codes.UndoNotPossible);
    }

    [Fact]
    public async Task A_claim_that_took_nothing_over_is_not_undone()
    {
        await using var world = World();
        var ann = await world.ClaimedAsync("ann", Domain);

        await RefusedAsync(world, ann, Codes.UndoNotPossible);
        Assert.Equal(Codes.ClaimNotFound, (await world.Reviews().UndoAsync(ClaimId.New(world.Clock), Undo)).Error?.Code);
    }

    [Fact]
    public async Task Twice_undone_is_undone_once()
    {
        await using var world = World();
        var (_, bob) = await world.ContestedAsync();
        await world.ClaimAsync(bob);

        var results = await Concurrently.RunAsync(8, _ => world.Reviews().UndoAsync(bob.Id, Undo));

        Assert.Single(results, result => result.Status == TransferReviewStatus.Done);
        Assert.Equal("ann", (await world.HolderAsync())!.Owner);
    }

    [Theory]
    [InlineData(ClaimStatus.Pending)]
    [InlineData(ClaimStatus.Verified)]
    [InlineData(ClaimStatus.InReview)]
    public async Task A_claim_that_the_former_holder_made_since_ends(ClaimStatus status)
    {
        await using var world = World();
        var (_, bob) = await world.ContestedAsync();
        await world.ClaimAsync(bob);
        var again = status == ClaimStatus.Pending
            ? (await world.RequestAsync("ann", Domain)).RequireClaim()
            : await world.VerifiedAsync("ann", Domain);
        if (status == ClaimStatus.InReview)
        {
            var store = world.Store;
            var opened = DomainVerification.Claims.Internal.ClaimLifecycle.Apply(
                (await store.FindAsync(again.Id, default))!,
                new DomainVerification.Claims.Internal.ClaimCommand.OpenReview(ClaimSamples.Transfer(TransferState.InReview)),
                ClaimActor.System,
                world.Clock.GetUtcNow());
            await store.CommitAsync(new ClaimCommit { Claims = [opened.Claim!], Events = [opened.Event!] }, default);
        }

        var result = await world.Reviews().UndoAsync(bob.Id, Undo);

        Assert.Equal(TransferReviewStatus.Done, result.Status);
        Assert.False((await world.NowAsync(again)).Status.IsLive);
        Assert.Equal(3, result.Restored!.Challenge.Generation);
        var asked = await world.RequestAsync("ann", Domain);
        Assert.Equal((ClaimResultStatus.Unchanged, result.Restored.Id), (asked.Status, asked.Claim!.Id));
    }

    [Fact]
    public async Task While_a_takeover_can_be_undone_no_third_owner_takes_the_domain()
    {
        await using var world = World();
        var (_, bob) = await world.ContestedAsync();
        await world.ClaimAsync(bob);
        var eve = await world.VerifiedAsync("eve", Domain);

        var result = await world.ClaimAsync(eve);

        Assert.Equal(Codes.TransferWaiting, result.Error?.Code);
        Assert.Equal([TransferReasons.CoolingOff], result.Claim!.Transfer!.Reasons);
        await world.Reviews().UndoAsync(bob.Id, Undo);
        await world.WorkAsync();
        Assert.Equal(ClaimStatus.InReview, await world.StatusAsync(eve));
    }

    [Fact]
    public async Task Who_lost_a_domain_by_undoing_gets_it_by_review_only_for_as_long_as_the_window_was()
    {
        await using var world = World();
        var (_, bob) = await world.ContestedAsync();
        await world.ClaimAsync(bob);
        await world.Reviews().UndoAsync(bob.Id, Undo);
        var again = await world.VerifiedAsync("bob", Domain);

        var result = await world.ClaimAsync(again);

        Assert.Equal(Codes.TransferInReview, result.Error?.Code);
        Assert.Equal(TransferReasons.Restored, result.Claim!.Transfer!.Reasons[0]);
    }

    [Fact]
    public async Task With_four_eyes_a_party_does_not_undo()
    {
        await using var world = World();
        var (_, bob) = await world.ContestedAsync();
        await world.ClaimAsync(bob);

        await RefusedAsync(world, bob, Codes.ReviewerIsParty, Undo with { Actor = ClaimActor.User("ann") });
        await RefusedAsync(world, bob, Codes.ReviewStale, Undo with { ExpectedVersion = bob.Version - 1 });
    }

    [Fact]
    public async Task Policies_of_the_hosts_own_do_not_let_a_third_owner_end_the_undoing()
    {
        await using var world = EasyWorld();
        var (_, bob) = await world.ContestedAsync();
        await world.ClaimAsync(bob);
        var eve = await world.VerifiedAsync("eve", Domain);

        var result = await world.ClaimAsync(eve);

        Assert.Equal(Codes.TransferWaiting, result.Error?.Code);
        Assert.Equal([TransferReasons.CoolingOff], result.Claim!.Transfer!.Reasons);
        Assert.Equal(TransferReviewStatus.Done, (await world.Reviews().UndoAsync(bob.Id, Undo)).Status);
    }

    [Fact]
    public async Task With_four_eyes_who_asked_for_the_domain_again_does_not_undo()
    {
        await using var world = World();
        var (_, bob) = await world.ContestedAsync();
        await world.ClaimAsync(bob);
        var clerk = ClaimActor.User("anns-clerk");
        await world.Manager.RequestAsync(new ClaimRequest("ann", Domain) { Actor = clerk });

        await RefusedAsync(world, bob, Codes.ReviewerIsParty, Undo with { Actor = clerk });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_gives_the_domain_up_and_claims_it_again_does_not_escape_the_undoing(bool withNewClaim)
    {
        await using var world = World();
        var (_, bob) = await world.ContestedAsync();
        var until = (await world.ClaimAsync(bob)).Claim!.Transfer!.Until;
        await world.Manager.UnclaimAsync(ClaimReference.To(bob));
        if (withNewClaim)
        {
            await world.Manager.UnverifyAsync(ClaimReference.To(bob));
            bob = await world.VerifiedAsync("bob", Domain);
        }

        var again = (await world.ClaimAsync(bob)).RequireClaim();
        Assert.Equal((TransferState.Done, until, null), (again.Transfer?.State, again.Transfer?.Until, again.Transfer?.Holder));
        var eve = await world.VerifiedAsync("eve", Domain);
        Assert.Equal(Codes.TransferWaiting, (await world.ClaimAsync(eve)).Error?.Code);

        var result = await world.Reviews().UndoAsync(again.Id, Undo);

        Assert.Equal(TransferReviewStatus.Done, result.Status);
        Assert.Equal("ann", (await world.HolderAsync())!.Owner);
    }

    [Fact]
    public async Task A_friend_who_claims_the_domain_in_between_does_not_end_the_undoing()
    {
        await using var world = World();
        var (_, bob) = await world.ContestedAsync();
        var until = (await world.ClaimAsync(bob)).Claim!.Transfer!.Until;
        await world.Manager.UnclaimAsync(ClaimReference.To(bob));

        var eve = await world.ClaimedAsync("eve", Domain);

        Assert.Equal((TransferState.Done, until, null), (eve.Transfer!.State, eve.Transfer.Until, eve.Transfer.Holder));
        await RefusedAsync(world, bob, Codes.UndoNotPossible);
        Assert.Equal(TransferReviewStatus.Done, (await world.Reviews().UndoAsync(eve.Id, Undo)).Status);
        Assert.Equal("ann", (await world.HolderAsync())!.Owner);
    }

    [Fact]
    public async Task Who_lost_the_domain_and_claims_it_when_it_is_free_has_nothing_to_undo()
    {
        await using var world = World();
        var (_, bob) = await world.ContestedAsync();
        await world.ClaimAsync(bob);
        await world.Manager.UnclaimAsync(ClaimReference.To(bob));

        Assert.Null((await world.ClaimedAsync("ann", Domain)).Transfer);
    }

    [Fact]
    public async Task A_watched_holder_has_time_to_publish_the_fresh_token()
    {
        await using var world = Create(
            options => options.UndoWindow = TimeSpan.FromDays(3), profile: options => options.Watch.Enabled = true);
        var ann = await world.ClaimedAsync("ann", Domain);
        world.Clock.Advance(TimeSpan.FromHours(20));
        var bob = await world.ClaimedAsync("bob", Domain);
        world.Clock.Advance(TimeSpan.FromHours(20));

        var back = (await world.Reviews().UndoAsync(bob.Id, Undo)).Restored!;

        Assert.Equal((ann.Owner, world.Clock.GetUtcNow() + TimeSpan.FromDays(1)), (back.Owner, back.DueAt));
    }

    [Fact]
    public async Task Policies_of_the_hosts_own_do_not_let_who_lost_the_domain_by_undoing_take_it_back_unreviewed()
    {
        await using var world = EasyWorld();
        var (_, bob) = await world.ContestedAsync();
        await world.ClaimAsync(bob);
        await world.Reviews().UndoAsync(bob.Id, Undo);
        var again = await world.VerifiedAsync("bob", Domain);

        Assert.Equal(Codes.TransferInReview, (await world.ClaimAsync(again)).Error?.Code);
    }

    [Fact]
    public async Task Who_has_undone_a_takeover_may_decide_about_the_next_one()
    {
        await using var world = World();
        var (_, bob) = await world.ContestedAsync();
        await world.ClaimAsync(bob);
        await world.Reviews().UndoAsync(bob.Id, Undo);
        var cyd = await world.VerifiedAsync("cyd", Domain);
        await world.ClaimAsync(cyd);
        var review = (await world.Reviews().FindAsync(cyd.Id))!;

        var decided = await world.Reviews().ApproveAsync(review.Claim, new TransferReviewDecision(Operator, review.Version));

        Assert.Equal((TransferReviewStatus.Done, null), (decided.Status, decided.Error));
    }

    [Fact]
    public async Task A_claim_that_ends_with_an_undoing_ends_after_all_that_happened_to_it()
    {
        var store = new RacedStore();
        await using var world = Create(
            options => options.UndoWindow = TimeSpan.FromDays(3),
            build: builder => builder.Use<IClaimStore>(_ => store));
        var (_, bob) = await world.ContestedAsync();
        await world.ClaimAsync(bob);
        DomainClaim? again = null;
        store.BeforeNewest = async () =>
        {
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            again = await world.VerifiedAsync("ann", Domain);
        };

        var result = await world.Reviews().UndoAsync(bob.Id, Undo);

        Assert.Equal(TransferReviewStatus.Done, result.Status);
        var trail = await world.Store.ListEventsAsync(again!.Id, default);
        Assert.Equal(ClaimEventTypes.Unverified, trail[^1].Type);
        Assert.True(trail[^1].At >= trail[^2].At, $"{trail[^1].At:O} follows {trail[^2].At:O}");
    }

    [Fact]
    public async Task A_former_holder_that_holds_again_by_the_time_of_the_undoing_keeps_its_holding()
    {
        var store = new RacedStore();
        await using var world = Create(
            options => options.UndoWindow = TimeSpan.FromDays(3),
            build: builder => builder.Use<IClaimStore>(_ => store));
        var (_, bob) = await world.ContestedAsync();
        await world.ClaimAsync(bob);
        DomainClaim? again = null;
        store.BeforeNewest = async () =>
        {
            await world.Manager.UnclaimAsync(ClaimReference.To(bob));
            again = await world.ClaimedAsync("ann", Domain);
        };

        var result = await world.Reviews().UndoAsync(bob.Id, Undo);

        Assert.Equal((TransferReviewStatus.Refused, Codes.UndoNotPossible), (result.Status, result.Error?.Code));
        Assert.Equal(again!.Id, (await world.HolderAsync())!.Id);
        Assert.Equal("requested verified claimed", await world.TrailAsync(again));
    }

    /// <summary>A world whose own policy lets everybody have everything.</summary>
    private static ClaimWorld EasyWorld() => Create(
        options =>
        {
            options.UndoWindow = TimeSpan.FromDays(3);
            options.Policies = ["easy"];
        },
        build: builder => builder.AddTransferPolicy<EasyPolicy>("easy"));

    private static async Task RefusedAsync(ClaimWorld world, DomainClaim claim, string code, TransferReviewDecision? decision = null)
    {
        var before = await world.Store.SnapshotAsync();

        var result = await world.Reviews().UndoAsync(claim.Id, decision ?? Undo);

        Assert.Equal((TransferReviewStatus.Refused, code, null), (result.Status, result.Error?.Code, result.Restored));
        Assert.Equal(before, await world.Store.SnapshotAsync());
    }

    private ClaimWorld World() => Create(
        options => options.UndoWindow = TimeSpan.FromDays(3),
        build: builder => builder.Use<IIdentityProvisioner>(_ => _provisioner));

    private sealed class EasyPolicy : ITransferPolicy
    {
        public ValueTask<TransferDecision> DecideAsync(TransferRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(TransferDecision.Allow);
    }

    /// <summary>A store on which something happens between two reads of one undoing.</summary>
    private sealed class RacedStore : WrappedStore
    {
        public Func<Task>? BeforeNewest { get; set; }

        public override async ValueTask<DomainClaim?> FindNewestAsync(
            string profile,
            string owner,
            DomainName domain,
            CancellationToken cancellationToken)
        {
            var before = BeforeNewest;
            BeforeNewest = null;
            await (before?.Invoke() ?? Task.CompletedTask);
            return await base.FindNewestAsync(profile, owner, domain, cancellationToken);
        }
    }
}
