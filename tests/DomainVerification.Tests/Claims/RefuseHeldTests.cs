using static DomainVerification.Tests.Claims.ClaimWorldExtensions;
using Codes = DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Tests.Claims;

public class RefuseHeldTests
{
    private static readonly ClaimRequest Adding = new("eve", Domain) { RefuseHeld = true };

    [Fact]
    public async Task Request_HeldByAnother_IsRefusedUntilTheDomainIsFree()
    {
        await using var world = new ClaimWorld();
        var ann = await world.ClaimedAsync("ann", Domain);

        await world.RefusedAsync(Codes.DomainHeld, manager => manager.RequestAsync(Adding));

        await world.Manager.UnclaimAsync(ClaimReference.To(ann));
        Assert.Equal(ClaimResultStatus.Done, (await world.Manager.RequestAsync(Adding)).Status);
    }

    [Fact]
    public async Task Request_HeldByAnother_IsAllowedWithoutIt()
    {
        await using var world = new ClaimWorld();
        await world.ClaimedAsync("ann", Domain);

        Assert.Equal(ClaimResultStatus.Done, (await world.Manager.RequestAsync(Adding with { RefuseHeld = false })).Status);
    }

    [Theory]
    [InlineData(TakeoverRule.ByProof, "This domain is already claimed by somebody else.")]
    [InlineData(TakeoverRule.Never, "This domain is already claimed and cannot be taken over.")]
    public async Task Request_HeldByAnother_SaysWhetherItCouldBeTakenOver(TakeoverRule rule, string message)
    {
        await using var world = new ClaimWorld(options => options.Takeover = rule);
        await world.ClaimedAsync("ann", Domain);

        Assert.Equal(message, (await world.Manager.RequestAsync(Adding)).Error?.Message);
    }

    [Fact]
    public async Task Request_HeldByAnotherWithALiveClaim_IsRefusedWithThatClaim()
    {
        await using var world = new ClaimWorld();
        await world.ClaimedAsync("ann", Domain);
        var pending = (await world.RequestAsync("eve", Domain)).RequireClaim();

        await world.RefusedAsync(Codes.DomainHeld, manager => manager.RequestAsync(Adding));

        Assert.Equal(pending, (await world.Manager.RequestAsync(Adding)).Claim);
    }

    [Fact]
    public async Task Request_HeldByOneself_IsUnchanged()
    {
        await using var world = new ClaimWorld();
        var held = await world.ClaimedAsync("eve", Domain);

        var again = await world.Manager.RequestAsync(Adding);

        Assert.Equal((ClaimResultStatus.Unchanged, held.Id), (again.Status, again.RequireClaim().Id));
    }

    [Fact]
    public async Task Request_VerifiedOrPendingByAnother_IsAllowed()
    {
        await using var world = new ClaimWorld();
        await world.VerifiedAsync("ann", Domain);
        await world.RequestAsync("bob", Domain);

        Assert.Equal(ClaimResultStatus.Done, (await world.Manager.RequestAsync(Adding)).Status);
    }

    [Fact]
    public async Task Request_Shared_IsAllowed()
    {
        await using var world = new ClaimWorld(options => options.Exclusivity = DomainExclusivity.Shared);
        await world.ClaimedAsync("ann", Domain);

        Assert.Equal(ClaimResultStatus.Done, (await world.Manager.RequestAsync(Adding)).Status);
    }
}
