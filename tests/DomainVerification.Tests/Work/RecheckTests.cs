using DomainVerification.Tests.Claims;
using DomainVerification.Work.Internal;
using static DomainVerification.Tests.Claims.ClaimWorldExtensions;

namespace DomainVerification.Tests.Work;

public class RecheckTests
{
    private static readonly RecheckOptions Defaults = new();

    [Fact]
    public async Task Recheck_BeforeTheOwnerAsked_LooksAtNothingAndExpires()
    {
        await using var world = Silent();
        var claim = (await world.RequestAsync("ann", Domain)).Claim!;

        await RunAsync(world, TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Equal(ClaimStatus.Pending, (await world.NowAsync(claim)).Status);
        await RunAsync(world, TimeSpan.FromSeconds(1));

        Assert.Empty(world.Script().Looks);
        Assert.Equal(ClaimStatus.Expired, (await world.NowAsync(claim)).Status);
        Assert.Equal("requested expired", await world.TrailAsync(claim));
        Assert.Null((await world.NowAsync(claim)).DueAt);
    }

    [Fact]
    public async Task Recheck_AfterTheOwnerAsked_LooksExactlyWhenTheLadderSays()
    {
        await using var world = Silent();
        var claim = (await world.RequestAsync("ann", Domain)).Claim!;
        await world.Manager.VerifyAsync(ClaimReference.To(claim));
        var start = world.Clock.GetUtcNow();

        await RunAsync(world, TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));

        Assert.Equal(Ladder(start), world.Script().Looks.Skip(1));
        Assert.Equal((75, 76), ((await world.NowAsync(claim)).Rechecks, (await world.NowAsync(claim)).Attempts));
    }

    [Fact]
    public async Task Recheck_Immediately_StartsTheLadderWithTheToken()
    {
        await using var world = Silent(options => options.Recheck.Start = RecheckStart.Immediately);
        await world.RequestAsync("ann", Domain);
        var start = world.Clock.GetUtcNow();

        await RunAsync(world, TimeSpan.FromDays(7));

        Assert.Equal(Ladder(start), world.Script().Looks);
    }

    [Fact]
    public async Task Recheck_OwnerAsksOften_TheLadderIsNotUsedUp()
    {
        await using var world = Silent();
        var claim = (await world.RequestAsync("ann", Domain)).Claim!;
        for (var i = 0; i < 100; i++)
        {
            await world.Manager.VerifyAsync(ClaimReference.To(claim));
        }

        await RunAsync(world, TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));

        Assert.Equal(175, world.Script().Looks.Count);
    }

    [Fact]
    public async Task Recheck_ProofAppears_VerifiesAndStops()
    {
        await using var world = Silent();
        var claim = (await world.RequestAsync("ann", Domain)).Claim!;
        await world.Manager.VerifyAsync(ClaimReference.To(claim));
        world.Script().Outcome = _ => ProofOutcome.Proved;

        await RunAsync(world, TimeSpan.FromDays(7));

        Assert.Equal(2, world.Script().Looks.Count);
        Assert.Equal((ClaimStatus.Verified, null), ((await world.NowAsync(claim)).Status, (await world.NowAsync(claim)).DueAt));
        var entry = (await world.Store.ListEventsAsync(claim.Id, default))[^1];
        Assert.Equal((ClaimEventTypes.Verified, ClaimActor.System), (entry.Type, entry.Actor));
    }

    [Fact]
    public async Task Recheck_OnProvedClaim_VerifiesAndClaims()
    {
        await using var world = Silent(options => options.OnProved = ProvedAction.Claim);
        var claim = (await world.RequestAsync("ann", Domain)).Claim!;
        await world.Manager.VerifyAsync(ClaimReference.To(claim));
        world.Script().Outcome = _ => ProofOutcome.Proved;

        await RunAsync(world, TimeSpan.FromMinutes(1));

        Assert.Equal("requested verified claimed", await world.TrailAsync(claim));
        Assert.Equal(claim.Id, (await world.HolderAsync())!.Id);
        Assert.Null((await world.NowAsync(claim)).DueAt);
    }

    [Fact]
    public async Task Recheck_OnProvedClaimButHeldForGood_StaysVerifiedAndLooksNoMore()
    {
        await using var world = Silent(options =>
        {
            options.OnProved = ProvedAction.Claim;
            options.Takeover = TakeoverRule.Never;
        });
        var bob = (await world.RequestAsync("bob", Domain)).Claim!;
        await world.Manager.VerifyAsync(ClaimReference.To(bob));
        world.Script().Outcome = _ => ProofOutcome.Proved;
        await world.ClaimedAsync("ann", Domain);
        var looks = world.Script().Looks.Count;

        await RunAsync(world, TimeSpan.FromDays(7));

        Assert.Equal(looks + 1, world.Script().Looks.Count);
        Assert.Equal("requested verified", await world.TrailAsync(bob));
        Assert.Null((await world.NowAsync(bob)).DueAt);
    }

    [Fact]
    public async Task Recheck_StoreFailsBetweenProofAndClaim_ClaimsAfterwards()
    {
        var outage = new FaultyStore();
        await using var world = new ClaimWorld(
            options => options.OnProved = ProvedAction.Claim,
            builder => builder.UseScript().Use<IClaimStore>(_ => outage));
        world.Script().Outcome = _ => ProofOutcome.NotProved;
        var claim = (await world.RequestAsync("ann", Domain)).Claim!;
        await world.Manager.VerifyAsync(ClaimReference.To(claim));
        world.Script().Outcome = _ => ProofOutcome.Proved;
        outage.FailsOn = commit => commit.Events.Any(entry => entry.Type == ClaimEventTypes.Claimed);
        await RunAsync(world, TimeSpan.FromMinutes(1));
        Assert.Equal("requested verified", await world.TrailAsync(claim));

        outage.FailsOn = null;
        await RunAsync(world, TimeSpan.FromMinutes(5));

        Assert.Equal("requested verified claimed", await world.TrailAsync(claim));
        Assert.Equal(2, world.Script().Looks.Count);
    }

    [Fact]
    public async Task Recheck_Inconclusive_BurnsNoTryAndIsRepeated()
    {
        await using var world = Silent(options => options.Recheck.MaximumTries = 3);
        var claim = (await world.RequestAsync("ann", Domain)).Claim!;
        await world.Manager.VerifyAsync(ClaimReference.To(claim));
        world.Script().Outcome = _ => ProofOutcome.Inconclusive;

        await RunAsync(world, TimeSpan.FromDays(1));
        Assert.Equal((0, 1), ((await world.NowAsync(claim)).Rechecks, (await world.NowAsync(claim)).Attempts));
        Assert.InRange(world.Script().Looks.Count, 20, 40);

        world.Script().Outcome = _ => ProofOutcome.NotProved;
        await RunAsync(world, TimeSpan.FromDays(5));
        Assert.Equal((3, 4), ((await world.NowAsync(claim)).Rechecks, (await world.NowAsync(claim)).Attempts));
    }

    [Fact]
    public async Task Recheck_DenialIsRemembered_WaitsForItsEnd()
    {
        await using var world = Silent();
        world.Script().RetryAfter = TimeSpan.FromMinutes(20);
        var claim = (await world.RequestAsync("ann", Domain)).Claim!;
        await world.Manager.VerifyAsync(ClaimReference.To(claim));

        Assert.Equal(world.Clock.GetUtcNow() + TimeSpan.FromMinutes(20), (await world.NowAsync(claim)).DueAt);
    }

    [Fact]
    public async Task Recheck_Rotated_StartsAFreshLadderWhenTheOwnerAsks()
    {
        await using var world = Silent();
        var claim = (await world.RequestAsync("ann", Domain)).Claim!;
        await world.Manager.VerifyAsync(ClaimReference.To(claim));
        await RunAsync(world, TimeSpan.FromHours(1));

        var rotated = (await world.Manager.RotateTokenAsync(ClaimReference.To(claim))).RequireClaim();

        Assert.Equal((0, 0), (rotated.Rechecks, rotated.Attempts));
        Assert.Equal(world.Clock.GetUtcNow() + TimeSpan.FromDays(7), rotated.DueAt);
    }

    [Fact]
    public async Task Recheck_OneCheckThrows_OthersAreChecked()
    {
        await using var world = Silent(options => options.Recheck.Start = RecheckStart.Immediately);
        for (var i = 0; i < 10; i++)
        {
            await world.RequestAsync("ann", $"name-{i}.example");
        }

        world.Script().Outcome = request => request.Domain.Value == "name-3.example"
            ? throw new InvalidOperationException("Broken.")
            : ProofOutcome.Proved;
        await RunAsync(world, TimeSpan.FromMinutes(1));

        var claims = (await world.Manager.ListAsync("ann")).Claims;
        Assert.Equal(9, claims.Count(claim => claim.Status == ClaimStatus.Verified));
        world.Script().Outcome = _ => ProofOutcome.Proved;
        await RunAsync(world, TimeSpan.FromMinutes(5));
        Assert.All((await world.Manager.ListAsync("ann")).Claims, claim => Assert.Equal(ClaimStatus.Verified, claim.Status));
    }

    [Fact]
    public async Task Recheck_LeaseRanOutWhileItWaitedInTheBatch_IsLeftToTheNextLease()
    {
        await using var world = new ClaimWorld(
            options => options.Recheck.Start = RecheckStart.Immediately,
            builder => builder.UseScript().ConfigureWorker(options => options.Concurrency = 1));
        await world.RequestAsync("ann", "a.example");
        await world.RequestAsync("ann", "b.example");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Script().Before = (_, _) =>
        {
            world.Clock.Advance(new DomainVerificationWorkerOptions().LeaseDuration);
            return Task.CompletedTask;
        };

        await world.Get<DueClaimProcessor>().RunOnceAsync(default);
        Assert.Single(world.Script().Looks);

        // The look that outlived its lease counts for nothing, so both are looked at now.
        world.Script().Before = (_, _) => Task.CompletedTask;
        await world.Get<DueClaimProcessor>().RunOnceAsync(default);
        Assert.Equal(3, world.Script().Looks.Count);
        Assert.All((await world.Manager.ListAsync("ann")).Claims, claim => Assert.Equal(ClaimStatus.Verified, claim.Status));
    }

    [Fact]
    public async Task Recheck_ProfileWasRemoved_IsNotLookedAtAgainAndAgain()
    {
        await using var world = Silent();
        var claim = ClaimSamples.Pending() with { Profile = "removed", DueAt = world.Clock.GetUtcNow() };
        await world.Store.CommitAsync(new ClaimCommit { Claims = [claim] }, default);

        await world.Get<DueClaimProcessor>().RunOnceAsync(default);

        Assert.Equal(0, await world.Get<DueClaimProcessor>().RunOnceAsync(default));
        await RunAsync(world, TimeSpan.FromDays(7));
        Assert.Equal(ClaimStatus.Expired, (await world.NowAsync(claim)).Status);
    }

    /// <summary>A world whose DNS answers that nothing is there.</summary>
    private static ClaimWorld Silent(Action<DomainVerificationOptions>? configure = null)
    {
        var world = new ClaimWorld(
            configure,
            builder => builder.UseScript().ConfigureCheckLimits(limits => limits.PerDomain = limits.PerOwner = limits.Total = 0));
        world.Script().Outcome = _ => ProofOutcome.NotProved;
        return world;
    }

    /// <summary>Lets the worker run as often as something is due.</summary>
    private static async Task RunAsync(ClaimWorld world, TimeSpan time)
    {
        var end = world.Clock.GetUtcNow() + time;
        await world.WorkAsync();
        while (await NextDueAsync(world) is { } due && due <= end)
        {
            world.Clock.Advance(due > world.Clock.GetUtcNow() ? due - world.Clock.GetUtcNow() : TimeSpan.FromSeconds(30));
            await world.WorkAsync();
        }

        if (world.Clock.GetUtcNow() < end)
        {
            world.Clock.Advance(end - world.Clock.GetUtcNow());
        }
    }

    private static async Task<DateTimeOffset?> NextDueAsync(ClaimWorld world)
    {
        var page = await world.Store.ListAsync(new ClaimQuery(), default);
        return world.Clock.GetUtcNow() is var now && page.Claims.Min(claim => claim.DueAt) is { } due
            ? due < now ? now + TimeSpan.FromSeconds(30) : due
            : null;
    }

    private static IEnumerable<DateTimeOffset> Ladder(DateTimeOffset start)
    {
        for (var number = 0; number < Defaults.MaximumTries; number++)
        {
            yield return start += RecheckSchedule.Delay(Defaults, number);
        }
    }
}
