using DomainVerification.Tests.Claims;
using static DomainVerification.Tests.Claims.ClaimWorldExtensions;
using Codes = DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Tests.Limits;

/// <summary>How many claims an owner may have pending.</summary>
public class PendingLimitTests
{
    [Fact]
    public async Task Request_BeyondTheLimit_IsRefusedUntilOneIsPending_NoMore()
    {
        await using var world = await WorldAsync(2, "a.example", "b.example");

        await world.RefusedAsync(Codes.TooManyPendingClaims, manager => manager.RequestAsync(new ClaimRequest("ann", "c.example")));

        Assert.True((await world.Manager.CancelAsync(ClaimReference.To("ann", "a.example"))).Error is null);
        Assert.Equal(ClaimResultStatus.Done, (await world.RequestAsync("ann", "c.example")).Status);
    }

    [Fact]
    public async Task Request_ForALiveClaim_IsNoNewOne()
    {
        await using var world = await WorldAsync(1, Domain);

        Assert.Equal(ClaimResultStatus.Unchanged, (await world.RequestAsync("ann", Domain)).Status);
        Assert.Equal(ClaimResultStatus.Done, (await world.Manager.RotateTokenAsync(ClaimReference.To("ann", Domain))).Status);
    }

    [Fact]
    public async Task Request_ForADomainWhoseTimeRanOut_IsNoNewOneEither()
    {
        await using var world = await WorldAsync(1, Domain);
        world.Clock.Advance(TimeSpan.FromDays(7));

        Assert.Equal(ClaimResultStatus.Done, (await world.RequestAsync("ann", Domain)).Status);
    }

    [Fact]
    public async Task ClaimsWhoseTimeRanOut_DoNotCount_BeforeTheWorkerEndsThem()
    {
        await using var world = await WorldAsync(2, "a.example", "b.example");
        world.Clock.Advance(TimeSpan.FromDays(7));

        Assert.Equal(ClaimResultStatus.Done, (await world.RequestAsync("ann", "c.example")).Status);
        Assert.Equal(ClaimResultStatus.Done, (await world.RequestAsync("ann", "d.example")).Status);
        await world.RefusedAsync(Codes.TooManyPendingClaims, manager => manager.RequestAsync(new ClaimRequest("ann", "e.example")));
    }

    [Fact]
    public async Task ClaimsThatNeverRunOut_Count()
    {
        await using var world = await WorldAsync(1, "a.example");
        var claim = (await world.Manager.GetAsync(ClaimReference.To("ann", "a.example"))).Claim!;
        claim = claim with { Challenge = claim.Challenge with { ExpiresAt = null }, Version = claim.Version + 1 };
        Assert.Equal(ClaimCommitStatus.Committed, await world.Store.CommitAsync(new ClaimCommit { Claims = [claim] }, default));

        await world.RefusedAsync(Codes.TooManyPendingClaims, manager => manager.RequestAsync(new ClaimRequest("ann", "b.example")));
    }

    [Fact]
    public async Task OthersAndOtherProfilesAndVerifiedOnes_DoNotCount()
    {
        await using var world = new ClaimWorld(
            options => options.MaximumPendingClaims = 1,
            builder => builder.AddProfile("sending", options => options.AllowUnlistedSuffixes = true));
        await world.VerifiedAsync("ann", "a.example");
        await world.RequestAsync("bob", "b.example");
        await world.RequestAsync("ann", "b.example", "sending");

        Assert.Equal(ClaimResultStatus.Done, (await world.RequestAsync("ann", "b.example")).Status);
    }

    [Fact]
    public async Task NoLimit_AsksTheStoreForNothing()
    {
        await using var world = new ClaimWorld(
            options => options.MaximumPendingClaims = 0,
            builder => builder.Use<IClaimStore>(_ => new Unlisted()));

        Assert.Equal(ClaimResultStatus.Done, (await world.RequestAsync("ann", Domain)).Status);
    }

    [Fact]
    public async Task ManyRequests_ReadNoMoreClaimsThanTheLimit()
    {
        var store = new Counting();
        await using var world = new ClaimWorld(
            options => options.MaximumPendingClaims = 5,
            builder => builder.Use<IClaimStore>(_ => store));
        for (var i = 0; i < 9; i++)
        {
            await world.RequestAsync("ann", $"d{i}.example");
        }

        Assert.Equal(0 + 1 + 2 + 3 + 4 + (4 * 5), store.Read);
    }

    private static async Task<ClaimWorld> WorldAsync(int maximum, params string[] domains)
    {
        var world = new ClaimWorld(options => options.MaximumPendingClaims = maximum);
        foreach (var domain in domains)
        {
            (await world.RequestAsync("ann", domain)).RequireClaim();
        }

        return world;
    }

    private sealed class Unlisted : WrappedStore
    {
        public override ValueTask<ClaimPage> ListAsync(ClaimQuery query, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Nothing is to be counted.");
    }

    private sealed class Counting : WrappedStore
    {
        public int Read { get; private set; }

        public override async ValueTask<ClaimPage> ListAsync(ClaimQuery query, CancellationToken cancellationToken)
        {
            var page = await base.ListAsync(query, cancellationToken);
            Read += page.Claims.Count;
            return page;
        }
    }
}
