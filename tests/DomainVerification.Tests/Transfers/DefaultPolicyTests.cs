using DomainVerification.Tests.Claims;
using static DomainVerification.Tests.Claims.ClaimWorldExtensions;
using Codes = DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Tests.Transfers;

/// <summary>What the SDK's own policy decides.</summary>
public class DefaultPolicyTests
{
    [Fact]
    public async Task An_idle_holder_gives_way()
    {
        await using var world = TransferWorld.Create();
        var (ann, bob) = await world.ContestedAsync();
        world.Activity().Activity = new HolderActivity { LastUsedAt = world.Clock.GetUtcNow() - TimeSpan.FromDays(30), RecentUses = 3 };

        var claimed = (await world.ClaimAsync(bob)).RequireClaim();

        Assert.Equal((ClaimStatus.Claimed, TransferState.Done), (claimed.Status, claimed.Transfer!.State));
        Assert.Equal("requested verified claimed released", await world.TrailAsync(ann));
        Assert.Equal("requested verified claimed", await world.TrailAsync(bob));
    }

    [Fact]
    public async Task A_holder_of_whom_nothing_is_known_gives_way()
    {
        await using var world = TransferWorld.Create();
        var (ann, bob) = await world.ContestedAsync();

        Assert.Equal(ClaimResultStatus.Done, (await world.ClaimAsync(bob)).Status);
        Assert.Equal(ClaimStatus.Released, await world.StatusAsync(ann));
    }

    [Theory]
    [InlineData(29, 0, TransferReasons.RecentActivity)]
    [InlineData(31, 1, TransferReasons.PendingWork)]
    [InlineData(0, 5, TransferReasons.PendingWork)]
    public async Task An_active_holder_is_reviewed_and_keeps_the_domain_meanwhile(int idleDays, int pending, string reason)
    {
        await using var world = TransferWorld.Create();
        var (ann, bob) = await world.ContestedAsync();
        world.Activity().Activity = new HolderActivity
        {
            LastUsedAt = world.Clock.GetUtcNow() - TimeSpan.FromDays(idleDays),
            PendingWork = pending,
        };

        var result = await world.ClaimAsync(bob);

        Assert.Equal((ClaimResultStatus.Refused, Codes.TransferInReview), (result.Status, result.Error?.Code));
        Assert.Equal((ClaimStatus.InReview, TransferState.InReview), (result.Claim!.Status, result.Claim.Transfer!.State));
        Assert.Equal([reason, TransferReasons.IncumbentProves], result.Claim.Transfer.Reasons);
        Assert.Equal(ann.Id, (await world.HolderAsync())!.Id);
        Assert.Equal("requested verified claimed contested", await world.TrailAsync(ann));
        Assert.Equal("requested verified review_opened", await world.TrailAsync(bob));
    }

    [Fact]
    public async Task Asking_again_during_a_review_changes_nothing()
    {
        await using var world = TransferWorld.Create();
        var (_, review) = await world.InReviewAsync();
        var bob = (await world.Store.FindAsync(review.Claim, default))!;

        await world.RefusedAsync(Codes.TransferInReview, manager => manager.ClaimAsync(ClaimReference.To(bob)));
        var confirmed = await world.Manager.ConfirmAsync(ClaimReference.To(bob));

        Assert.Equal(Codes.TransferInReview, confirmed.Error?.Code);
        Assert.Equal(ProofOutcome.Proved, confirmed.Report!.Outcome);
        Assert.Equal(ClaimStatus.InReview, await world.StatusAsync(bob));
    }

    [Fact]
    public async Task Zero_active_days_review_for_waiting_work_only()
    {
        await using var world = TransferWorld.Create(options => options.ActiveWithin = TimeSpan.Zero);
        var (_, bob) = await world.ContestedAsync();
        world.Activity().Activity = new HolderActivity { LastUsedAt = world.Clock.GetUtcNow() };

        Assert.Equal(ClaimResultStatus.Done, (await world.ClaimAsync(bob)).Status);
    }

    [Fact]
    public async Task A_new_holder_keeps_the_domain_for_the_grace_period_and_then_gives_way_by_itself()
    {
        await using var world = TransferWorld.Create(options => options.GracePeriod = TimeSpan.FromHours(20));
        var (ann, bob) = await world.ContestedAsync();
        var until = ann.ModifiedAt + TimeSpan.FromHours(20);

        var result = await world.ClaimAsync(bob);

        Assert.Equal(Codes.TransferWaiting, result.Error?.Code);
        Assert.Equal((TransferState.Waiting, until), (result.Claim!.Transfer!.State, result.Claim.Transfer.Until));
        Assert.Equal([TransferReasons.GracePeriod], result.Claim.Transfer.Reasons);
        await world.RefusedAsync(Codes.TransferWaiting, manager => manager.ClaimAsync(ClaimReference.To(bob)));
        world.Clock.Advance(TimeSpan.FromHours(19));
        await world.WorkAsync();
        Assert.Equal(ClaimStatus.Verified, await world.StatusAsync(bob));

        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.WorkAsync();

        Assert.Equal(ClaimStatus.Claimed, await world.StatusAsync(bob));
        Assert.Equal("requested verified claimed contested released", await world.TrailAsync(ann));
        Assert.Equal("requested verified transfer_waiting claimed", await world.TrailAsync(bob));
    }

    [Fact]
    public async Task A_wait_that_outlives_the_proof_looks_for_it_again_before_the_domain_changes_hands()
    {
        await using var world = TransferWorld.Create(options => options.GracePeriod = TimeSpan.FromDays(10));
        var (ann, bob) = await world.ContestedAsync();
        await world.ClaimAsync(bob);
        world.Clock.Advance(TimeSpan.FromDays(10));

        await world.WorkAsync();

        Assert.Equal(ClaimStatus.Claimed, await world.StatusAsync(bob));
        Assert.Equal(ClaimStatus.Released, await world.StatusAsync(ann));
        Assert.Equal("requested verified transfer_waiting reverified claimed", await world.TrailAsync(bob));
    }

    [Fact]
    public async Task A_wait_whose_proof_is_gone_ends_and_the_holder_keeps_the_domain()
    {
        await using var world = TransferWorld.Create(options => options.GracePeriod = TimeSpan.FromDays(10));
        var (ann, bob) = await world.ContestedAsync();
        await world.ClaimAsync(bob);
        world.Unpublish(bob);
        world.Clock.Advance(TimeSpan.FromDays(10));

        await world.WorkAsync();

        Assert.Equal((ClaimStatus.Claimed, ClaimStatus.Verified), (await world.StatusAsync(ann), await world.StatusAsync(bob)));
        Assert.Equal("requested verified transfer_waiting transfer_ended", await world.TrailAsync(bob));
        Assert.Null((await world.NowAsync(bob)).Transfer);
    }

    [Fact]
    public async Task A_holder_that_leaves_ends_the_wait_at_once()
    {
        await using var world = TransferWorld.Create(options => options.GracePeriod = TimeSpan.FromHours(20));
        var (ann, bob) = await world.ContestedAsync();
        await world.ClaimAsync(bob);

        await world.Manager.UnclaimAsync(ClaimReference.To(ann));
        await world.WorkAsync();

        Assert.Equal((ClaimStatus.Verified, ClaimStatus.Claimed), (await world.StatusAsync(ann), await world.StatusAsync(bob)));
        Assert.Null((await world.NowAsync(bob)).Transfer);
    }

    [Fact]
    public async Task Each_new_holder_learns_that_somebody_waits_for_the_domain()
    {
        await using var world = TransferWorld.Create(options => options.GracePeriod = TimeSpan.FromHours(20));
        var (ann, bob) = await world.ContestedAsync();
        await world.ClaimAsync(bob);
        var eve = await world.VerifiedAsync("eve", Domain);
        await world.Manager.UnclaimAsync(ClaimReference.To(ann));
        await world.ClaimAsync(eve);

        await world.WorkAsync();

        Assert.Equal("requested verified claimed contested", await world.TrailAsync(eve));
        Assert.Equal("requested verified transfer_waiting transfer_waiting", await world.TrailAsync(bob));
    }

    [Fact]
    public async Task A_holder_that_leaves_ends_the_wait_at_once_however_many_others_have_proved_the_domain()
    {
        await using var world = TransferWorld.Create(options => options.GracePeriod = TimeSpan.FromHours(20));
        var others = Enumerable.Range(1, 150)
            .Select(number => ClaimSamples.Of(ClaimStatus.Verified, number, $"other-{number}") with { Version = 1 });
        await world.Store.CommitAsync(new ClaimCommit { Claims = [.. others] }, default);
        var (ann, bob) = await world.ContestedAsync();
        await world.ClaimAsync(bob);

        await world.Manager.UnclaimAsync(ClaimReference.To(ann));
        await world.WorkAsync();

        Assert.Equal(ClaimStatus.Claimed, await world.StatusAsync(bob));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public async Task Who_gives_its_proof_up_waits_for_nothing_any_more(int graceHours)
    {
        await using var world = TransferWorld.Create(options => options.GracePeriod = TimeSpan.FromHours(graceHours));
        var (_, bob) = await world.ContestedAsync();
        world.Activity().Activity = new HolderActivity { PendingWork = 1 };
        Assert.NotNull((await world.ClaimAsync(bob)).Claim!.Transfer);

        var ended = (await world.Manager.UnverifyAsync(ClaimReference.To(bob))).RequireClaim();

        Assert.Equal((ClaimStatus.Revoked, null), (ended.Status, ended.Transfer));
    }

    [Fact]
    public async Task A_host_whose_knowledge_is_not_to_be_had_changes_nothing()
    {
        await using var world = TransferWorld.Create();
        var (_, bob) = await world.ContestedAsync();
        world.Activity().Fault = new TimeoutException();
        var before = await world.Store.SnapshotAsync();

        await Assert.ThrowsAsync<TimeoutException>(() => world.ClaimAsync(bob));

        Assert.Equal(before, await world.Store.SnapshotAsync());
    }

    [Fact]
    public async Task The_claimant_never_learns_who_holds()
    {
        await using var world = TransferWorld.Create();
        var (ann, review) = await world.InReviewAsync();
        var bob = ClaimReference.To("bob", review.Claim);

        DomainClaim?[] seen =
        [
            (await world.Manager.GetAsync(bob)).Claim,
            (await world.Manager.ClaimAsync(bob)).Claim,
            (await world.Manager.ConfirmAsync(bob)).Claim,
            (await world.Manager.GetInstructionsAsync(bob)).Claim,
            (await world.RequestAsync("bob", Domain)).Claim,
            .. (await world.Manager.ListAsync("bob")).Claims,
        ];
        var trail = await world.Manager.ListEventsAsync(bob);

        Assert.All(seen, claim => Assert.Null(claim!.Transfer!.Holder));
        var told = string.Join('\n', [.. seen.Select(claim => claim!.ToString()), .. trail.Select(entry => entry.ToString())]);
        Assert.DoesNotContain("ann", told, StringComparison.Ordinal);
        Assert.DoesNotContain(ann.Id.ToString(), told, StringComparison.Ordinal);
        Assert.NotNull((await world.Store.FindAsync(review.Claim, default))!.Transfer!.Holder);
    }

    [Fact]
    public async Task The_holder_never_learns_who_claims()
    {
        await using var world = TransferWorld.Create();
        var (ann, review) = await world.InReviewAsync();

        var trail = await world.Manager.ListEventsAsync(ClaimReference.To(ann));

        var told = string.Join('\n', trail.Select(entry => entry.ToString()));
        Assert.Contains(ClaimEventTypes.Contested, told, StringComparison.Ordinal);
        Assert.DoesNotContain("bob", told, StringComparison.Ordinal);
        Assert.DoesNotContain(review.Claim.ToString(), told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_that_wait_for_one_domain_at_the_same_moment_the_slower_one_goes_on_waiting()
    {
        Func<Task>? interruption = null;
        await using var world = TransferWorld.Create(
            options => options.GracePeriod = TimeSpan.FromHours(20),
            build: builder => builder.Use<IClaimStore>(_ => new InterruptedStore(() => Interlocked.Exchange(ref interruption, null))));
        var (ann, bob) = await world.ContestedAsync();
        await world.ClaimAsync(bob);
        var eve = await world.VerifiedAsync("eve", Domain);
        await world.Manager.UnclaimAsync(ClaimReference.To(ann));
        interruption = () => world.ClaimAsync(eve);

        await world.WorkAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await world.WorkAsync();

        Assert.Equal(eve.Id, (await world.HolderAsync())!.Id);
        var waiting = await world.NowAsync(bob);
        Assert.Equal((TransferState.Waiting, eve.Id), (waiting.Transfer?.State, waiting.Transfer?.Holder?.ClaimId));
        Assert.Equal("requested verified transfer_waiting transfer_waiting", await world.TrailAsync(bob));
        Assert.Equal("requested verified claimed contested", await world.TrailAsync(eve));
    }

    /// <summary>Lets something happen between the reading of a holding and what follows.</summary>
    private sealed class InterruptedStore(Func<Func<Task>?> interruption) : WrappedStore
    {
        public override async ValueTask<DomainHolding> FindHoldingAsync(
            string profile,
            DomainName domain,
            CancellationToken cancellationToken)
        {
            var holding = await base.FindHoldingAsync(profile, domain, cancellationToken);
            if (interruption() is { } meanwhile)
            {
                await meanwhile();
            }

            return holding;
        }
    }
}
