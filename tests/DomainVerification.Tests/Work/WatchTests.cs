using DomainVerification.Testing;
using DomainVerification.Tests.Claims;
using DomainVerification.Tests.Transfers;
using static DomainVerification.Tests.Claims.ClaimWorldExtensions;

namespace DomainVerification.Tests.Work;

/// <summary>The worker goes on looking for a proof that was found.</summary>
public class WatchTests
{
    [Fact]
    public async Task Without_a_watch_a_holder_is_never_due()
    {
        await using var world = new ClaimWorld();

        var claim = await world.ClaimedAsync("ann", Domain);

        Assert.Equal((null, null), (claim.DueAt, claim.Health));
    }

    [Fact]
    public async Task A_proof_that_stands_stays_healthy_and_is_looked_at_each_day()
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);
        Assert.Equal(world.Clock.GetUtcNow() + TimeSpan.FromDays(1), claim.DueAt);
        var since = claim.Health!.Since;

        for (var day = 0; day < 3; day++)
        {
            world.Clock.Advance(TimeSpan.FromDays(1));
            await world.WorkAsync();
        }

        var now = await world.NowAsync(claim);
        Assert.Equal(new ClaimHealth(ProofHealth.Healthy, since), now.Health);
        Assert.Equal(world.Clock.GetUtcNow(), now.Proof!.ProvedAt);
    }

    [Fact]
    public async Task A_proof_that_goes_missing_is_at_risk_after_three_looks_and_lapses_after_the_grace_period()
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);
        world.Unpublish(claim);
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.WorkAsync();
        var missingSince = world.Clock.GetUtcNow();
        Assert.Equal((ProofHealth.Healthy, 1), await HealthAsync(world, claim));
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.WorkAsync();
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.WorkAsync();
        Assert.Equal((ProofHealth.AtRisk, 3), await HealthAsync(world, claim));

        await PassAsync(world, missingSince + TimeSpan.FromDays(7) - TimeSpan.FromHours(1));
        Assert.Equal(ProofHealth.AtRisk, (await HealthAsync(world, claim)).State);
        await PassAsync(world, missingSince + TimeSpan.FromDays(7));

        var now = await world.NowAsync(claim);
        Assert.Equal((ProofHealth.Lapsed, missingSince, ClaimStatus.Claimed), (now.Health!.State, now.Health.MissingSince, now.Status));
        Assert.Equal("requested verified claimed at_risk lapsed", await world.TrailAsync(claim));
        var told = (await world.Store.ListEventsAsync(claim.Id, default))[^1];
        Assert.Equal(ProofDiagnosisCodes.RecordNotFound, told.Reason);
    }

    [Fact]
    public async Task A_look_that_cannot_be_answered_counts_for_nothing()
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);
        world.Resolver.Faults.Add(DnsFault.ServFail());

        await PassAsync(world, world.Clock.GetUtcNow() + TimeSpan.FromDays(30));

        Assert.Equal((ProofHealth.Healthy, 0), await HealthAsync(world, claim));
        Assert.Equal("requested verified claimed", await world.TrailAsync(claim));
    }

    [Fact]
    public async Task An_owner_who_asks_again_and_again_does_not_bring_the_risk_nearer()
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);
        world.Unpublish(claim);
        world.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        var due = (await world.NowAsync(claim)).DueAt;
        for (var i = 0; i < 10; i++)
        {
            await world.Manager.VerifyAsync(ClaimReference.To(claim));
        }

        var now = await world.NowAsync(claim);
        Assert.Equal((ProofHealth.Healthy, 0, due), (now.Health!.State, now.Health.Misses, now.DueAt));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(24 * 10)]
    public async Task A_proof_that_comes_back_recovers(int missingHours)
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);
        world.Unpublish(claim);
        await PassAsync(world, world.Clock.GetUtcNow() + TimeSpan.FromDays(1) + TimeSpan.FromHours(missingHours));
        Assert.NotEqual(ProofHealth.Healthy, (await HealthAsync(world, claim)).State);

        world.Publish((await world.Manager.GetInstructionsAsync(ClaimReference.To(claim))).Instructions!);
        await PassAsync(world, world.Clock.GetUtcNow() + TimeSpan.FromDays(1));

        Assert.Equal((ProofHealth.Healthy, 0), await HealthAsync(world, claim));
        Assert.EndsWith(" recovered", await world.TrailAsync(claim), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lapsed_holder_gives_way_however_active_it_is()
    {
        await using var world = TransferWorld.Create(profile: options => options.Watch.Enabled = true);
        var ann = await world.ClaimedAsync("ann", Domain);
        world.Unpublish(ann);
        await PassAsync(world, world.Clock.GetUtcNow() + TimeSpan.FromDays(9));
        world.Activity().Activity = new HolderActivity { LastUsedAt = world.Clock.GetUtcNow(), PendingWork = 5 };

        var bob = await world.ClaimedAsync("bob", Domain);

        Assert.Equal((ClaimStatus.Claimed, ClaimStatus.Released), (bob.Status, await world.StatusAsync(ann)));
    }

    [Fact]
    public async Task A_verified_claim_is_watched_and_not_claimed_by_that()
    {
        await using var world = World();
        var claim = await world.VerifiedAsync("ann", Domain);

        await PassAsync(world, world.Clock.GetUtcNow() + TimeSpan.FromDays(3));

        Assert.Equal("requested verified", await world.TrailAsync(claim));
    }

    [Fact]
    public async Task An_owner_who_looks_in_vain_while_a_look_is_overdue_does_not_get_the_domain_by_that()
    {
        await using var world = new ClaimWorld(options =>
        {
            options.Watch.Enabled = true;
            options.Watch.Interval = TimeSpan.FromHours(1);
        });
        var claim = await world.VerifiedAsync("ann", Domain);
        world.Unpublish(claim);
        world.Clock.Advance(TimeSpan.FromHours(2));
        await world.Manager.ConfirmAsync(ClaimReference.To(claim));

        await world.WorkAsync();

        Assert.Equal(ClaimStatus.Verified, (await world.NowAsync(claim)).Status);
    }

    [Fact]
    public async Task Giving_up_a_domain_leaves_the_watch_on()
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);

        var unclaimed = (await world.Manager.UnclaimAsync(ClaimReference.To(claim))).RequireClaim();

        Assert.Equal(claim.DueAt, unclaimed.DueAt);
    }

    [Fact]
    public async Task An_owner_at_risk_recovers_by_looking_itself_however_fresh_its_last_proof_is()
    {
        await using var world = new ClaimWorld(options =>
        {
            options.Watch.Enabled = true;
            options.ProofFreshness = TimeSpan.FromDays(30);
        });
        var claim = await world.ClaimedAsync("ann", Domain);
        world.Unpublish(claim);
        await PassAsync(world, world.Clock.GetUtcNow() + TimeSpan.FromHours(27));
        Assert.Equal(ProofHealth.AtRisk, (await HealthAsync(world, claim)).State);
        world.Publish((await world.Manager.GetInstructionsAsync(ClaimReference.To(claim))).Instructions!);

        Assert.Equal(ClaimResultStatus.Done, (await world.Manager.VerifyAsync(ClaimReference.To(claim))).Status);

        Assert.Equal((ProofHealth.Healthy, 0), await HealthAsync(world, claim));
        Assert.EndsWith(" at_risk recovered", await world.TrailAsync(claim), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_takeover_that_came_to_nothing_leaves_the_watch_on(bool waits)
    {
        await using var world = TransferWorld.Create(
            options => options.GracePeriod = waits ? TimeSpan.FromDays(5) : TimeSpan.Zero,
            profile: options => options.Watch.Enabled = true);
        var (_, bob) = await world.ContestedAsync();
        world.Activity().Activity = new HolderActivity { PendingWork = 1 };
        await world.ClaimAsync(bob);
        if (waits)
        {
            world.Unpublish(bob);
        }

        await PassAsync(world, world.Clock.GetUtcNow() + TimeSpan.FromDays(15));

        var now = await world.NowAsync(bob);
        Assert.Equal((ClaimStatus.Verified, null), (now.Status, now.Transfer));
        Assert.InRange(now.DueAt!.Value, world.Clock.GetUtcNow(), world.Clock.GetUtcNow() + TimeSpan.FromDays(1));
        Assert.Equal(waits ? ProofHealth.Lapsed : ProofHealth.Healthy, now.Health!.State);
    }

    [Fact]
    public async Task A_watch_that_is_turned_off_ends_with_the_next_look_and_says_nothing_any_more()
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);
        world.Unpublish(claim);
        await PassAsync(world, world.Clock.GetUtcNow() + TimeSpan.FromHours(27));
        world.Get<Microsoft.Extensions.Options.IOptionsMonitor<DomainVerificationOptions>>().CurrentValue.Watch.Enabled = false;

        await PassAsync(world, world.Clock.GetUtcNow() + TimeSpan.FromHours(2));

        var now = await world.NowAsync(claim);
        Assert.Equal((null, null), (now.DueAt, now.Health));
    }

    [Fact]
    public void A_look_that_a_database_rounded_is_no_leave_to_hold()
    {
        var verified = ClaimSamples.Of(ClaimStatus.Verified);
        var proved = verified.Proof! with { ProvedAt = ClaimSamples.Now + TimeSpan.FromTicks(9) };

        Assert.False(DomainVerification.Claims.Internal.DueClaim.IsToHold(
            verified with { Proof = proved, DueAt = ClaimSamples.Now + TimeSpan.FromMinutes(1) }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_process_that_does_not_know_the_profile_yet_does_not_end_the_watch(bool proves)
    {
        var store = new InMemoryClaimStore();
        await using var knowing = new ClaimWorld(build: builder => builder
            .Use<IClaimStore>(_ => store).AddProfile("new", options =>
            {
                options.AllowUnlistedSuffixes = true;
                options.Watch.Enabled = true;
            }));
        var claim = await knowing.ClaimedAsync("ann", Domain, "new");
        await using var unknowing = new ClaimWorld(build: builder => builder.Use<IClaimStore>(_ => store));
        if (proves)
        {
            unknowing.Publish((await knowing.Manager.GetInstructionsAsync(ClaimReference.To(claim))).Instructions!);
        }

        unknowing.Clock.Advance(TimeSpan.FromDays(1));
        await unknowing.WorkAsync();

        var now = await knowing.NowAsync(claim);
        Assert.Equal(unknowing.Clock.GetUtcNow() + TimeSpan.FromDays(1), now.DueAt);
        Assert.Equal((ProofHealth.Healthy, 0), (now.Health!.State, now.Health.Misses));
    }

    private static async Task<(ProofHealth State, int Misses)> HealthAsync(ClaimWorld world, DomainClaim claim)
    {
        var health = (await world.NowAsync(claim)).Health!;
        return (health.State, health.Misses);
    }

    private static async Task PassAsync(ClaimWorld world, DateTimeOffset until)
    {
        while (world.Clock.GetUtcNow() < until)
        {
            var left = until - world.Clock.GetUtcNow();
            world.Clock.Advance(left < TimeSpan.FromHours(1) ? left : TimeSpan.FromHours(1));
            await world.WorkAsync();
        }
    }

    private static ClaimWorld World() => new(options => options.Watch.Enabled = true);
}
