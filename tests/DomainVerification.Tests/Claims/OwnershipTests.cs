using static DomainVerification.Tests.Claims.ClaimWorldExtensions;
using Codes = DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Tests.Claims;

public class OwnershipTests
{
    public static TheoryData<string, Func<IDomainClaimManager, ClaimReference, Task<ClaimResult>>> Calls => new()
    {
        { "verify", (manager, claim) => manager.VerifyAsync(claim) },
        { "claim", (manager, claim) => manager.ClaimAsync(claim) },
        { "confirm", (manager, claim) => manager.ConfirmAsync(claim) },
        { "unclaim", (manager, claim) => manager.UnclaimAsync(claim) },
        { "unverify", (manager, claim) => manager.UnverifyAsync(claim) },
        { "cancel", (manager, claim) => manager.CancelAsync(claim) },
        { "rotate", (manager, claim) => manager.RotateTokenAsync(claim) },
        { "get", (manager, claim) => manager.GetAsync(claim) },
        { "instructions", (manager, claim) => manager.GetInstructionsAsync(claim) },
        { "version", (manager, claim) => manager.VerifyAsync(claim, new ClaimActionOptions { ExpectedVersion = 99 }) },
    };

    [Theory]
    [MemberData(nameof(Calls), DisableDiscoveryEnumeration = true)]
    public async Task EveryCall_ClaimOfAnotherOwner_IsAnsweredAsIfThereWereNone(
        string name,
        Func<IDomainClaimManager, ClaimReference, Task<ClaimResult>> call)
    {
        await using var world = new ClaimWorld();
        var claim = await world.ClaimedAsync("ann", Domain);
        var unknown = ClaimReference.To("eve", ClaimSamples.Id(1));

        await world.RefusedAsync(
            Codes.ClaimNotFound,
            ClaimResultStatus.NotFound,
            manager => call(manager, ClaimReference.To("eve", claim.Id)));

        var foreign = await call(world.Manager, ClaimReference.To("eve", claim.Id));
        Assert.True(foreign == await call(world.Manager, unknown), name);
        Assert.True(foreign == await call(world.Manager, ClaimReference.To("eve", Domain)), name);
    }

    [Fact]
    public async Task Verify_ForeignClaimThatRanOut_IsNotEvenExpired()
    {
        await using var world = new ClaimWorld();
        var claim = (await world.RequestAsync("ann", Domain)).Claim!;
        world.Clock.Advance(TimeSpan.FromDays(8));

        await world.RefusedAsync(
            Codes.ClaimNotFound,
            ClaimResultStatus.NotFound,
            manager => manager.VerifyAsync(ClaimReference.To("eve", claim.Id)));
    }

    [Fact]
    public async Task ListEvents_ForeignClaim_IsEmpty()
    {
        await using var world = new ClaimWorld();
        var claim = await world.ClaimedAsync("ann", Domain);

        Assert.Empty(await world.Manager.ListEventsAsync(ClaimReference.To("eve", claim.Id)));
        Assert.Equal(3, (await world.Manager.ListEventsAsync(ClaimReference.To(claim))).Count);
    }

    [Fact]
    public async Task List_QueryForAnotherOwner_ListsTheCallersOwnClaims()
    {
        await using var world = new ClaimWorld();
        var ann = await world.ClaimedAsync("ann", Domain);
        await world.VerifiedAsync("eve", Domain);

        var page = await world.Manager.ListAsync("ann", new ClaimQuery { Owner = "eve" });

        Assert.Equal(ann, Assert.Single(page.Claims));
    }

    [Theory]
    [MemberData(nameof(Calls), DisableDiscoveryEnumeration = true)]
    public async Task EveryCall_ReferenceThatCannotBeRead_SaysWhy(
        string name,
        Func<IDomainClaimManager, ClaimReference, Task<ClaimResult>> call)
    {
        await using var world = new ClaimWorld();
        await world.ClaimedAsync("ann", Domain);

        await world.RefusedAsync(
            Codes.DomainIsUrl,
            ClaimResultStatus.NotFound,
            manager => call(manager, ClaimReference.To("ann", "https://acme.example")));
        await world.RefusedAsync(
            Codes.ProfileUnknown,
            ClaimResultStatus.NotFound,
            manager => call(manager, ClaimReference.To("ann", Domain, "nobody")));
        Assert.NotEmpty(name);
    }

    public static TheoryData<string, Func<IDomainClaimManager, ClaimReference, ClaimActionOptions, Task<ClaimResult>>> Versioned => new()
    {
        { "verify", (manager, claim, options) => manager.VerifyAsync(claim, options) },
        { "claim", (manager, claim, options) => manager.ClaimAsync(claim, options) },
        { "confirm", (manager, claim, options) => manager.ConfirmAsync(claim, options) },
        { "unclaim", (manager, claim, options) => manager.UnclaimAsync(claim, options) },
        { "unverify", (manager, claim, options) => manager.UnverifyAsync(claim, options) },
        { "cancel", (manager, claim, options) => manager.CancelAsync(claim, options) },
        { "rotate", (manager, claim, options) => manager.RotateTokenAsync(claim, null, options) },
    };

    [Theory]
    [MemberData(nameof(Versioned), DisableDiscoveryEnumeration = true)]
    public async Task EveryAction_OtherVersionThanExpected_IsAConflictAndChangesNothing(
        string name,
        Func<IDomainClaimManager, ClaimReference, ClaimActionOptions, Task<ClaimResult>> call)
    {
        await using var world = new ClaimWorld();
        var claim = await world.VerifiedAsync("ann", Domain);
        world.Clock.Advance(TimeSpan.FromDays(2));

        foreach (var version in (long[])[claim.Version - 1, claim.Version + 1, 0, -1])
        {
            await world.RefusedAsync(
                Codes.VersionConflict,
                ClaimResultStatus.Conflict,
                manager => call(manager, ClaimReference.To(claim), new ClaimActionOptions { ExpectedVersion = version }));
        }

        Assert.NotEmpty(name);
    }

    [Fact]
    public async Task Claim_AtTheExpectedVersion_IsDone()
    {
        await using var world = new ClaimWorld();
        var claim = await world.VerifiedAsync("ann", Domain);

        var result = await world.Manager.ClaimAsync(
            ClaimReference.To(claim),
            new ClaimActionOptions { ExpectedVersion = claim.Version });

        Assert.Equal(claim.Version + 1, result.RequireClaim().Version);
    }
}
