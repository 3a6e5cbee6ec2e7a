using DomainVerification.Claims.Internal;
using DomainVerification.Tests.Claims;
using DomainVerification.Tests.Registration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NSubstitute;
using static DomainVerification.Tests.Claims.ClaimWorldExtensions;

namespace DomainVerification.Tests.Work;

/// <summary>Releases that fail for good, and what a provision makes after its holding has ended.</summary>
public class ReleaseTests
{
    private static readonly ProvisionResult Locked = ProvisionResult.Failed(new DomainVerificationError("account_locked", "No."));

    private readonly ScriptedProvisioner _provisioner = new();

    [Fact]
    public async Task What_another_provisioner_made_is_not_taken_for_removed_by_the_one_that_makes_nothing()
    {
        var store = new InMemoryClaimStore();
        await using (var before = new ClaimWorld(build: builder => builder
            .Use<IClaimStore>(_ => store).Use<IIdentityProvisioner>(_ => new ScriptedProvisioner())))
        {
            var claim = await before.ClaimedAsync("ann", Domain);
            await before.WorkAsync();
            await before.Manager.UnclaimAsync(ClaimReference.To(claim));
        }

        await using var world = new ClaimWorld(build: builder => builder.Use<IClaimStore>(_ => store));

        await world.WorkAsync();

        var work = Assert.Single((await store.ListWorkAsync(new WorkQuery(), default)).Work);
        Assert.Equal(
            (ClaimWorkKind.Release, 1, DomainVerificationErrorCodes.ProvisionerUnknown), (work.Kind, work.Attempts, work.LastError?.Code));
    }

    [Fact]
    public async Task Release_FailedForGoodAfterATakeover_IsToldWithTheEpochOfTheHolding()
    {
        await using var world = World();
        _provisioner.OnRelease = (_, _) => Task.FromResult(Locked);
        var ann = await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();

        var bob = await world.ClaimedAsync("bob", Domain);
        await world.WorkAsync();
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.WorkAsync();

        Assert.Equal("requested verified claimed provisioned released release_failed", await world.TrailAsync(ann));
        var entry = (await world.Store.ListEventsAsync(ann.Id, default))[^1];
        Assert.Equal(("account_locked", 1L, ClaimActor.System), (entry.Reason, entry.Epoch, entry.Actor));
        var now = await world.NowAsync(ann);
        Assert.Equal((ClaimStatus.Released, entry.ClaimVersion), (now.Status, now.Version));
        Assert.Equal(ClaimStatus.Claimed, (await world.NowAsync(bob)).Status);
        Assert.Equal(["provision ann 1", "release ann 1 [1]", "provision bob 2"], _provisioner.Log);
    }

    [Fact]
    public async Task Release_FailedForGoodWhenTheOwnerHoldsAnew_IsToldOfTheFormerEpoch()
    {
        await using var world = World();
        _provisioner.OnRelease = (_, _) => Task.FromResult(Locked);
        var claim = await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();
        await world.Manager.UnclaimAsync(ClaimReference.To(claim));
        await world.Manager.ClaimAsync(ClaimReference.To(claim));

        await world.WorkAsync();

        Assert.Equal(
            "requested verified claimed provisioned unclaimed claimed release_failed provisioned",
            await world.TrailAsync(claim));
        var entry = (await world.Store.ListEventsAsync(claim.Id, default)).Single(item => item.Type == ClaimEventTypes.ReleaseFailed);
        Assert.Equal((1L, ClaimStatus.Provisioning), (entry.Epoch, entry.To));
        Assert.Equal((ClaimStatus.Claimed, 2L), ((await world.NowAsync(claim)).Status, (await world.NowAsync(claim)).Epoch));
    }

    [Theory]
    [InlineData(false, ClaimStatus.Verified)]
    [InlineData(true, ClaimStatus.Revoked)]
    public async Task Release_FailedForGoodAfterTheOwnerGaveUp_IsTold(bool unverifies, ClaimStatus status)
    {
        await using var world = World();
        _provisioner.OnRelease = (_, _) => Task.FromResult(Locked);
        var claim = await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();
        await world.Manager.UnclaimAsync(ClaimReference.To(claim));
        if (unverifies)
        {
            await world.Manager.UnverifyAsync(ClaimReference.To(claim));
        }

        await world.WorkAsync();

        Assert.Equal(status, (await world.NowAsync(claim)).Status);
        Assert.EndsWith(" release_failed", await world.TrailAsync(claim), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Release_FailedForGood_IsLoggedAsAnError()
    {
        var logger = Substitute.For<ILogger>();
        logger.IsEnabled(Arg.Any<LogLevel>()).Returns(true);
        var provider = Substitute.For<ILoggerProvider>();
        provider.CreateLogger(Arg.Any<string>()).Returns(logger);
        await using var world = World(builder => builder.Services.AddLogging(logging => logging.AddProvider(provider)));
        _provisioner.OnRelease = (_, _) => Task.FromResult(Locked);
        var claim = await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();
        await world.Manager.UnclaimAsync(ClaimReference.To(claim));

        await world.WorkAsync();

        var errors = logger.ReceivedCalls()
            .Where(call => call.GetMethodInfo().Name == nameof(ILogger.Log))
            .Select(call => call.GetArguments())
            .Where(arguments => arguments[0] is LogLevel.Error)
            .ToList();
        Assert.Equal("DeadLettered", ((EventId)Assert.Single(errors)[1]!).Name);
        Assert.Contains("account_locked", errors[0][2]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Release_FailedForGoodWhileTheClaimMoves_IsNotLost()
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();
        await world.Manager.UnclaimAsync(ClaimReference.To(claim));
        _provisioner.OnRelease = async (_, token) =>
        {
            await world.Manager.RotateTokenAsync(ClaimReference.To(claim), null, null, token);
            return Locked;
        };

        await world.WorkAsync();

        Assert.Equal(
            "requested verified claimed provisioned unclaimed token_rotated release_failed",
            await world.TrailAsync(claim));
    }

    [Fact]
    public async Task Unclaim_TwiceAtTheSameMoment_ReleasesOnceAndTheSecondIsRefused()
    {
        var store = new DelegatingStore();
        await using var world = World(builder => builder.Use<IClaimStore>(_ => store));
        var claim = await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();
        store.BeforeNextCommit = () => world.Manager.UnclaimAsync(ClaimReference.To(claim));

        var second = await world.Manager.UnclaimAsync(ClaimReference.To(claim));

        Assert.Equal(DomainVerificationErrorCodes.NotClaimed, second.Error?.Code);
        await world.WorkAsync();
        Assert.Equal(["provision ann 1", "release ann 1 [1]"], _provisioner.Log);
    }

    [Fact]
    public async Task Provision_LateResult_IsReleasedWithItsIdentities()
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);
        await EndWhileItRunsAsync(world, claim);

        Assert.Equal(["provision ann 1", "release ann 1 []", "release ann 1 [1]"], _provisioner.Log);
        Assert.Equal(3, _provisioner.Calls.Distinct().Count());
        Assert.Equal("requested verified claimed unclaimed", await world.TrailAsync(claim));
        Assert.Empty((await world.NowAsync(claim)).Identities);
    }

    [Fact]
    public async Task Provision_LateResultWhoseReleaseMustWait_IsReleasedInTheEnd()
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);
        _provisioner.OnRelease = (request, _) => Task.FromResult(request.Identities.Count > 0
            ? ProvisionResult.RetryLater(ScriptedProvisioner.Busy)
            : ProvisionResult.Done());
        await EndWhileItRunsAsync(world, claim);

        _provisioner.OnRelease = (_, _) => Task.FromResult(ProvisionResult.Done());
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.WorkAsync();

        Assert.Equal(["provision ann 1", "release ann 1 []", "release ann 1 [1]", "release ann 1 [1]"], _provisioner.Log);
        Assert.Single(_provisioner.Calls.Where(call => call.What == "release ann 1 [1]").Distinct());
    }

    [Fact]
    public async Task Provision_LateResultWithoutIdentities_LeavesNothingToRelease()
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);
        await EndWhileItRunsAsync(world, claim, ProvisionResult.Done());

        Assert.Equal(["provision ann 1", "release ann 1 []"], _provisioner.Log);
    }

    [Fact]
    public async Task Provision_AnotherWorkerFinishedTheSameHolding_ItsIdentitiesAreNotReleased()
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);
        var made = new ProvisionedIdentity { Id = "1", Kind = "marketing" };
        _provisioner.OnProvision = async (request, token) =>
        {
            var done = new ClaimCommand.FinishProvisioning(string.Empty, [made]);
            var finished = ClaimLifecycle.Apply(claim, done, ClaimActor.System, world.Clock.GetUtcNow());
            var commit = world.Get<ClaimCommits>().Of(finished) with { Settled = [new SettledWork(request.OperationId)] };
            Assert.Equal(ClaimCommitStatus.Committed, await world.Store.CommitAsync(commit, token));
            return ProvisionResult.Done(made);
        };

        await world.WorkAsync();

        Assert.Equal(["provision ann 1"], _provisioner.Log);
        Assert.Equal(made, Assert.Single((await world.NowAsync(claim)).Identities));
    }

    /// <summary>Lets the owner give the domain up while its identities are being made.</summary>
    private async Task EndWhileItRunsAsync(ClaimWorld world, DomainClaim claim, ProvisionResult? result = null)
    {
        _provisioner.OnProvision = async (_, token) =>
        {
            await world.Manager.UnclaimAsync(ClaimReference.To(claim), null, token);
            return result ?? ProvisionResult.Done(new ProvisionedIdentity { Id = "1", Kind = "marketing" });
        };
        await world.WorkAsync();
    }

    private ClaimWorld World(Action<DomainVerificationBuilder>? build = null) => new(build: builder =>
    {
        builder.Use<IIdentityProvisioner>(_ => _provisioner);
        build?.Invoke(builder);
    });
}
