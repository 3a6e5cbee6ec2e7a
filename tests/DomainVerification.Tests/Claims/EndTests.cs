using DomainVerification.Tests.Transfers;
using DomainVerification.Tests.Work;
using static DomainVerification.Tests.Claims.ClaimWorldExtensions;
using Codes = DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Tests.Claims;

public class EndTests
{
    [Fact]
    public async Task End_Pending_IsCanceled()
    {
        await using var world = new ClaimWorld();
        var claim = (await world.RequestAsync("ann", Domain)).RequireClaim();

        var ended = await world.Manager.EndAsync(ClaimReference.To("ann", Domain));

        Assert.Equal((ClaimResultStatus.Done, ClaimStatus.Canceled), (ended.Status, ended.RequireClaim().Status));
        Assert.Equal("requested canceled", await world.TrailAsync(claim));
    }

    [Fact]
    public async Task End_Verified_IsRevoked()
    {
        await using var world = new ClaimWorld();
        var claim = await world.VerifiedAsync("ann", Domain);

        var ended = await world.Manager.EndAsync(ClaimReference.To(claim));

        Assert.Equal((ClaimResultStatus.Done, ClaimStatus.Revoked), (ended.Status, ended.RequireClaim().Status));
        Assert.Equal("requested verified unverified", await world.TrailAsync(claim));
    }

    [Fact]
    public async Task End_InReview_IsRevokedAndTheHolderKeepsTheDomain()
    {
        await using var world = TransferWorld.Create();
        var (ann, review) = await world.InReviewAsync();

        var ended = await world.Manager.EndAsync(ClaimReference.To("bob", review.Claim));

        Assert.Equal(ClaimStatus.Revoked, ended.RequireClaim().Status);
        Assert.Equal(ann.Id, (await world.HolderAsync())?.Id);
        Assert.Null(await world.Reviews().FindAsync(review.Claim));
    }

    [Fact]
    public async Task End_Claimed_GivesTheDomainUpAndThenTheProof()
    {
        var actor = ClaimActor.User("jo");
        await using var world = new ClaimWorld();
        var claim = await world.ClaimedAsync("ann", Domain);

        var ended = await world.Manager.EndAsync(ClaimReference.To(claim), new ClaimActionOptions { Actor = actor });

        Assert.Equal((ClaimResultStatus.Done, ClaimStatus.Revoked), (ended.Status, ended.RequireClaim().Status));
        Assert.Null(await world.HolderAsync());
        var trail = await world.Store.ListEventsAsync(claim.Id, default);
        Assert.Equal(
            [(ClaimEventTypes.Unclaimed, actor), (ClaimEventTypes.Unverified, actor)],
            trail.TakeLast(2).Select(entry => (entry.Type, entry.Actor)));
    }

    [Fact]
    public async Task End_Provisioned_RemovesItsIdentitiesOnce()
    {
        var provisioner = new ScriptedProvisioner();
        await using var world = new ClaimWorld(build: builder => builder.Use<IIdentityProvisioner>(_ => provisioner));
        var claim = await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();

        await world.Manager.EndAsync(ClaimReference.To(claim));
        await world.WorkAsync();

        Assert.Equal(["provision ann 1", "release ann 1 [1]"], provisioner.Log);
    }

    [Fact]
    public async Task End_ClaimedWithAnotherWhoWaits_WakesThatOne()
    {
        await using var world = TransferWorld.Create(options => options.GracePeriod = TimeSpan.FromDays(1));
        var (ann, bob) = await world.ContestedAsync();
        Assert.Equal(Codes.TransferWaiting, (await world.ClaimAsync(bob)).Error?.Code);

        await world.Manager.EndAsync(ClaimReference.To(ann));
        await world.WorkAsync();

        Assert.Equal((ClaimStatus.Revoked, ClaimStatus.Claimed), (await world.StatusAsync(ann), await world.StatusAsync(bob)));
    }

    [Fact]
    public async Task End_Twice_IsUnchanged()
    {
        await using var world = new ClaimWorld();
        var claim = await world.ClaimedAsync("ann", Domain);
        await world.Manager.EndAsync(ClaimReference.To(claim));
        var before = await world.Store.SnapshotAsync();

        var again = await world.Manager.EndAsync(ClaimReference.To(claim));

        Assert.Equal((ClaimResultStatus.Unchanged, ClaimStatus.Revoked), (again.Status, again.RequireClaim().Status));
        Assert.Equal(before, await world.Store.SnapshotAsync());
    }

    [Fact]
    public async Task End_ChallengeRanOut_IsUnchangedAfterItExpired()
    {
        await using var world = new ClaimWorld();
        var claim = (await world.RequestAsync("ann", Domain)).RequireClaim();
        world.Clock.Advance(TimeSpan.FromDays(7));

        var ended = await world.Manager.EndAsync(ClaimReference.To(claim));

        Assert.Equal((ClaimResultStatus.Unchanged, ClaimStatus.Expired), (ended.Status, ended.RequireClaim().Status));
    }

    [Fact]
    public async Task End_AnotherOwners_IsNotFound()
    {
        await using var world = new ClaimWorld();
        var claim = await world.ClaimedAsync("ann", Domain);

        await world.RefusedAsync(
            Codes.ClaimNotFound, ClaimResultStatus.NotFound, manager => manager.EndAsync(ClaimReference.To("eve", claim.Id)));
        await world.RefusedAsync(
            Codes.ClaimNotFound, ClaimResultStatus.NotFound, manager => manager.EndAsync(ClaimReference.To("eve", Domain)));
    }

    [Fact]
    public async Task End_StaleVersion_IsAConflict()
    {
        await using var world = new ClaimWorld();
        var claim = await world.ClaimedAsync("ann", Domain);
        var stale = new ClaimActionOptions { ExpectedVersion = claim.Version - 1 };

        await world.RefusedAsync(
            Codes.VersionConflict, ClaimResultStatus.Conflict, manager => manager.EndAsync(ClaimReference.To(claim), stale));

        var seen = new ClaimActionOptions { ExpectedVersion = claim.Version };
        Assert.Equal(ClaimResultStatus.Done, (await world.Manager.EndAsync(ClaimReference.To(claim), seen)).Status);
    }

    [Fact]
    public async Task End_InterruptedBetweenItsSteps_IsEndedByCallingAgain()
    {
        var store = new FaultyStore();
        await using var world = new ClaimWorld(build: builder => builder.Use<IClaimStore>(_ => store));
        var claim = await world.ClaimedAsync("ann", Domain);
        store.FailsOn = commit => commit.Claims.Any(moved => moved.Status == ClaimStatus.Revoked);

        await Assert.ThrowsAsync<IOException>(() => world.Manager.EndAsync(ClaimReference.To(claim)));
        Assert.Equal(ClaimStatus.Verified, (await world.NowAsync(claim)).Status);
        store.FailsOn = null;

        Assert.Equal(ClaimStatus.Revoked, (await world.Manager.EndAsync(ClaimReference.To(claim))).RequireClaim().Status);
    }

    [Fact]
    public async Task End_InParallel_EndsOnce()
    {
        await using var world = new ClaimWorld();
        var claim = await world.ClaimedAsync("ann", Domain);

        var results = await Concurrently.RunAsync(8, _ => world.Manager.EndAsync(ClaimReference.To(claim)));

        Assert.All(results, result => Assert.Equal(ClaimStatus.Revoked, result.RequireClaim().Status));
        Assert.EndsWith("claimed unclaimed unverified", await world.TrailAsync(claim), StringComparison.Ordinal);
    }
}
