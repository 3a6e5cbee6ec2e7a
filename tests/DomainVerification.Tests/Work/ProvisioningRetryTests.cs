using DomainVerification.Tests.Claims;
using static DomainVerification.Tests.Claims.ClaimWorldExtensions;

namespace DomainVerification.Tests.Work;

/// <summary>Provisioning that failed for good, and the owner who asks again.</summary>
public class ProvisioningRetryTests
{
    private static readonly DomainVerificationError Quota = new("quota_exceeded", "No.");

    private readonly ScriptedProvisioner _provisioner = new();

    public static TheoryData<string> Calls() => ["claim", "confirm"];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_ProvisioningFailed_TriesAgainWithANewOperationOfTheSameEpoch(string call)
    {
        await using var world = World();
        var claim = await FailedAsync(world);
        Assert.Equal(Quota, claim.ProvisioningError);

        var result = await CallAsync(world, call, claim);

        Assert.Equal(ClaimResultStatus.Done, result.Status);
        Assert.Equal((ClaimStatus.Provisioning, 1L, null), (result.Claim!.Status, result.Claim.Epoch, result.Claim.ProvisioningError));
        var retried = (await world.Store.ListEventsAsync(claim.Id, default))[^1];
        Assert.Equal((ClaimEventTypes.ProvisioningRetried, ClaimActor.User("jo")), (retried.Type, retried.Actor));
        await world.WorkAsync();
        Assert.Equal(["provision ann 1", "provision ann 1"], _provisioner.Log);
        Assert.Equal(2, _provisioner.Calls.Distinct().Count());
        var done = await world.NowAsync(claim);
        Assert.Equal((ClaimStatus.Claimed, "1", null), (done.Status, Assert.Single(done.Identities).Id, done.ProvisioningError));
        Assert.Equal(
            "requested verified claimed provisioning_failed provisioning_retried provisioned",
            await world.TrailAsync(claim));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_ProvisioningUnderWay_IsUnchanged(string call)
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);
        var before = await world.Store.SnapshotAsync();

        var result = await CallAsync(world, call, claim);

        Assert.Equal((ClaimResultStatus.Unchanged, claim), (result.Status, result.Claim));
        Assert.Equal(before, await world.Store.SnapshotAsync());
        await world.WorkAsync();
        Assert.Single(_provisioner.Calls);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_RetryIsUnderWay_IsUnchanged(string call)
    {
        await using var world = World();
        var claim = await FailedAsync(world);
        await CallAsync(world, call, claim);

        Assert.Equal(ClaimResultStatus.Unchanged, (await CallAsync(world, call, claim)).Status);

        await world.WorkAsync();
        Assert.Equal(2, _provisioner.Calls.Count);
    }

    [Fact]
    public async Task Claim_ProvisioningFailedAgainAndAgain_EachTryHasItsOwnOperation()
    {
        await using var world = World();
        var claim = await FailedAsync(world);
        _provisioner.OnProvision = (_, _) => Task.FromResult(ProvisionResult.Failed(Quota));
        for (var i = 0; i < 3; i++)
        {
            await CallAsync(world, "claim", claim);
            await world.WorkAsync();
        }

        Assert.Equal(4, _provisioner.Calls.Distinct().Count());
        Assert.Equal(Quota, (await world.NowAsync(claim)).ProvisioningError);
    }

    [Fact]
    public async Task Claim_ProvisioningFailedButTheVersionIsAnother_ConflictsAndChangesNothing()
    {
        await using var world = World();
        var claim = await FailedAsync(world);

        await world.RefusedAsync(
            DomainVerificationErrorCodes.VersionConflict,
            ClaimResultStatus.Conflict,
            manager => manager.ClaimAsync(ClaimReference.To(claim), new ClaimActionOptions { ExpectedVersion = claim.Version - 1 }));
    }

    [Fact]
    public async Task Unclaim_ProvisioningFailed_ClearsTheError()
    {
        await using var world = World();
        var claim = await FailedAsync(world);

        var unclaimed = (await world.Manager.UnclaimAsync(ClaimReference.To(claim))).RequireClaim();

        Assert.Equal((ClaimStatus.Verified, null), (unclaimed.Status, unclaimed.ProvisioningError));
    }

    [Fact]
    public async Task Takeover_ProvisioningFailed_ClearsTheError()
    {
        await using var world = World();
        var claim = await FailedAsync(world);

        await world.ClaimedAsync("bob", Domain);

        Assert.Equal(
            (ClaimStatus.Released, null),
            ((await world.NowAsync(claim)).Status, (await world.NowAsync(claim)).ProvisioningError));
    }

    [Fact]
    public async Task Claim_RetriedAndGivenUpBeforeItsTurn_IsDropped()
    {
        await using var world = World();
        var claim = await FailedAsync(world);
        await CallAsync(world, "claim", claim);
        await world.Manager.UnclaimAsync(ClaimReference.To(claim));

        await world.WorkAsync();

        Assert.Equal(["provision ann 1", "release ann 1 []"], _provisioner.Log);
    }

    /// <summary>A holder whose identities could not be made; the next try succeeds.</summary>
    private async Task<DomainClaim> FailedAsync(ClaimWorld world)
    {
        var succeed = _provisioner.OnProvision;
        _provisioner.OnProvision = (_, _) => Task.FromResult(ProvisionResult.Failed(Quota));
        var claim = await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();
        _provisioner.OnProvision = succeed;
        return await world.NowAsync(claim);
    }

    private static Task<ClaimResult> CallAsync(ClaimWorld world, string call, DomainClaim claim)
    {
        var options = new ClaimActionOptions { Actor = ClaimActor.User("jo") };
        return call == "claim"
            ? world.Manager.ClaimAsync(ClaimReference.To(claim), options)
            : world.Manager.ConfirmAsync(ClaimReference.To(claim), options);
    }

    private ClaimWorld World() => new(build: builder => builder.Use<IIdentityProvisioner>(_ => _provisioner));
}
