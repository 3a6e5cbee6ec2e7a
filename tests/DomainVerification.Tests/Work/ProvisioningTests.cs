using DomainVerification.Claims.Internal;
using DomainVerification.Tests.Claims;
using DomainVerification.Work.Internal;
using static DomainVerification.Tests.Claims.ClaimWorldExtensions;

namespace DomainVerification.Tests.Work;

public class ProvisioningTests
{
    private static readonly TimeSpan RealDeadline = TimeSpan.FromSeconds(30);

    private readonly ScriptedProvisioner _provisioner = new();

    [Fact]
    public async Task Claim_WithAProvisioner_IsProvisioningUntilTheWorkerHasDoneIt()
    {
        await using var world = World();

        var claim = await world.ClaimedAsync("ann", Domain);
        Assert.Equal(ClaimStatus.Provisioning, claim.Status);
        Assert.Empty(_provisioner.Calls);
        await world.WorkAsync();

        var done = await world.NowAsync(claim);
        Assert.Equal((ClaimStatus.Claimed, "1"), (done.Status, Assert.Single(done.Identities).Id));
        Assert.Equal("requested verified claimed provisioned", await world.TrailAsync(claim));
        Assert.Equal(ClaimActor.System, done.ModifiedBy);
        await world.WorkAsync();
        Assert.Equal(["provision ann 1"], _provisioner.Log);
    }

    [Fact]
    public async Task Provision_RetryLater_BacksOffWithTheSameOperation()
    {
        await using var world = World();
        _provisioner.OnProvision = (_, _) => Task.FromResult(ProvisionResult.RetryLater(ScriptedProvisioner.Busy));
        await world.ClaimedAsync("ann", Domain);
        var pauses = new List<double>();

        for (var tries = 1; tries <= 12; tries++)
        {
            await world.WorkAsync();
            var from = world.Clock.GetUtcNow();
            while (_provisioner.Calls.Count == tries)
            {
                world.Clock.Advance(TimeSpan.FromSeconds(10));
                await world.WorkAsync();
            }

            pauses.Add((world.Clock.GetUtcNow() - from).TotalSeconds);
        }

        Assert.Equal([10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600, 3600], pauses);
        Assert.Single(_provisioner.Calls.Distinct());
    }

    [Fact]
    public async Task Provision_RetryAfterOfTheProvisioner_IsKept()
    {
        await using var world = World();
        _provisioner.OnProvision =
            (_, _) => Task.FromResult(ProvisionResult.RetryLater(ScriptedProvisioner.Busy, TimeSpan.FromMinutes(7)));
        await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();

        world.Clock.Advance(TimeSpan.FromMinutes(7) - TimeSpan.FromSeconds(1));
        await world.WorkAsync();
        Assert.Single(_provisioner.Calls);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.WorkAsync();
        Assert.Equal(2, _provisioner.Calls.Count);
    }

    [Fact]
    public async Task Provision_RetryAfterIsEndless_IsTriedAgainAfterADay()
    {
        await using var world = World();
        _provisioner.OnProvision = (_, _) => Task.FromResult(ProvisionResult.RetryLater(ScriptedProvisioner.Busy, TimeSpan.MaxValue));
        await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();

        world.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        await world.WorkAsync();
        Assert.Single(_provisioner.Calls);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.WorkAsync();
        Assert.Equal(2, _provisioner.Calls.Count);
    }

    [Fact]
    public async Task Provision_FailedForGood_LeavesTheHolderProvisioningAndTellsWhy()
    {
        await using var world = World();
        _provisioner.OnProvision = (_, _) => Task.FromResult(ProvisionResult.Failed(new DomainVerificationError("quota_exceeded", "No.")));
        var claim = await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();

        Assert.Equal(ClaimStatus.Provisioning, (await world.NowAsync(claim)).Status);
        var entry = (await world.Store.ListEventsAsync(claim.Id, default))[^1];
        Assert.Equal((ClaimEventTypes.ProvisioningFailed, "quota_exceeded"), (entry.Type, entry.Reason));
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.WorkAsync();
        Assert.Single(_provisioner.Calls);
        await world.Manager.UnclaimAsync(ClaimReference.To(claim));
        await world.WorkAsync();
        Assert.Equal(["provision ann 1", "release ann 1 []"], _provisioner.Log);
    }

    [Fact]
    public async Task Provision_Throws_IsTriedAgain()
    {
        await using var world = World();
        _provisioner.OnProvision = (_, _) => throw new InvalidOperationException("Broken.");
        var claim = await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();
        Assert.Equal(ClaimStatus.Provisioning, (await world.NowAsync(claim)).Status);

        _provisioner.OnProvision = (_, _) => Task.FromResult(ProvisionResult.Done());
        world.Clock.Advance(TimeSpan.FromSeconds(10));
        await world.WorkAsync();

        Assert.Equal(ClaimStatus.Claimed, (await world.NowAsync(claim)).Status);
    }

    [Fact]
    public Task Provision_HangsUntilCancelled_IsCancelledWhenTheLeaseEnds() => HangAsync(token => token);

    [Fact]
    public Task Provision_HangsAndIgnoresItsToken_IsLeftBehindWhenTheLeaseEnds() => HangAsync(_ => CancellationToken.None);

    [Fact]
    public async Task Provision_HostStops_EndsPromptlyAndIsDoneAfterTheLease()
    {
        await using var world = World();
        var hanging = Hang(token => token);
        var claim = await world.ClaimedAsync("ann", Domain);
        using var stopping = new CancellationTokenSource();

        var round = world.Get<OutboxDispatcher>().RunOnceAsync(stopping.Token);
        await hanging.WaitAsync(RealDeadline);
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => round.WaitAsync(RealDeadline));
        _provisioner.OnProvision = (_, _) => Task.FromResult(ProvisionResult.Done());
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await world.WorkAsync();
        Assert.Equal(ClaimStatus.Claimed, (await world.NowAsync(claim)).Status);
        Assert.Single(_provisioner.Calls.Distinct());
    }

    [Fact]
    public async Task Takeover_ReleasesTheFormerHolderBeforeTheNewOneIsProvisioned()
    {
        await using var world = World();
        await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();

        var bob = await world.ClaimedAsync("bob", Domain);
        await world.WorkAsync();

        Assert.Equal(["provision ann 1", "release ann 1 [1]", "provision bob 2"], _provisioner.Log);
        Assert.Equal("2", Assert.Single((await world.NowAsync(bob)).Identities).Id);
    }

    [Fact]
    public async Task Takeover_ReleaseKeepsFailing_TheNewOneWaits()
    {
        await using var world = World();
        await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();
        _provisioner.OnRelease = (_, _) => Task.FromResult(ProvisionResult.RetryLater(ScriptedProvisioner.Busy));
        var bob = await world.ClaimedAsync("bob", Domain);
        await world.WorkAsync();
        world.Clock.Advance(TimeSpan.FromSeconds(10));
        await world.WorkAsync();
        Assert.Equal(ClaimStatus.Provisioning, (await world.NowAsync(bob)).Status);
        Assert.DoesNotContain("provision bob 2", _provisioner.Log);

        _provisioner.OnRelease = (_, _) => Task.FromResult(ProvisionResult.Done());
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.WorkAsync();
        Assert.Equal(ClaimStatus.Claimed, (await world.NowAsync(bob)).Status);
    }

    [Fact]
    public async Task Provision_HoldingEndedBeforeItsTurn_IsDropped()
    {
        await using var world = World();
        await world.ClaimedAsync("ann", Domain);
        await world.ClaimedAsync("bob", Domain);

        await world.WorkAsync();

        Assert.Equal(["release ann 1 []", "provision bob 2"], _provisioner.Log);
    }

    [Fact]
    public async Task Provision_TakenOverWhileItRuns_ItsLateResultIsReleased()
    {
        await using var world = World();
        var ann = await world.ClaimedAsync("ann", Domain);
        DomainClaim? bob = null;
        _provisioner.OnProvision = async (request, _) =>
        {
            bob ??= await world.ClaimedAsync("bob", Domain);
            return ProvisionResult.Done(new ProvisionedIdentity { Id = $"{request.Epoch}", Kind = "marketing" });
        };

        await world.WorkAsync();

        Assert.Equal("requested verified claimed released", await world.TrailAsync(ann));
        Assert.Empty((await world.NowAsync(ann)).Identities);
        Assert.Equal("2", Assert.Single((await world.NowAsync(bob!)).Identities).Id);
        Assert.Equal(["provision ann 1", "release ann 1 []", "provision bob 2", "release ann 1 [1]"], _provisioner.Log);
    }

    [Fact]
    public async Task Provision_UnclaimedAndClaimedAgainWhileItRuns_BelongsToTheFormerEpoch()
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);
        _provisioner.OnProvision = async (request, token) =>
        {
            if (request.Epoch == 1)
            {
                await world.Manager.UnclaimAsync(ClaimReference.To(claim), null, token);
                await world.Manager.ClaimAsync(ClaimReference.To(claim), null, token);
            }

            return ProvisionResult.Done(new ProvisionedIdentity { Id = $"{request.Epoch}", Kind = "marketing" });
        };

        await world.WorkAsync();

        var now = await world.NowAsync(claim);
        Assert.Equal((ClaimStatus.Claimed, 2L, "2"), (now.Status, now.Epoch, Assert.Single(now.Identities).Id));
        Assert.Equal(["provision ann 1", "release ann 1 []", "provision ann 2", "release ann 1 [1]"], _provisioner.Log);
    }

    [Fact]
    public async Task Provision_ClaimChangesWhileItRuns_ItsResultIsNotLost()
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);
        _provisioner.OnProvision = async (_, token) =>
        {
            await world.Manager.RotateTokenAsync(ClaimReference.To(claim), null, null, token);
            return ProvisionResult.Done();
        };

        await world.WorkAsync();

        Assert.Equal("requested verified claimed token_rotated provisioned", await world.TrailAsync(claim));
    }

    [Fact]
    public async Task Provision_AnotherWorkerSettledItMeanwhile_GivesUpInsteadOfTryingForEver()
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);
        _provisioner.OnProvision = async (request, token) =>
        {
            var command = new ClaimCommand.FailProvisioning(string.Empty, ScriptedProvisioner.Busy);
            var failed = ClaimLifecycle.Apply(claim, command, ClaimActor.System, world.Clock.GetUtcNow());
            var commit = world.Get<ClaimCommits>().Of(failed) with { Settled = [new SettledWork(request.OperationId)] };
            Assert.Equal(ClaimCommitStatus.Committed, await world.Store.CommitAsync(commit, token));
            return ProvisionResult.Done();
        };
        using var deadline = new CancellationTokenSource(RealDeadline);

        await world.Get<OutboxDispatcher>().RunOnceAsync(deadline.Token);

        Assert.Equal("requested verified claimed provisioning_failed", await world.TrailAsync(claim));
    }

    [Fact]
    public async Task Provision_WaitsForItsRetryWhenTheHoldingEnds_DoesNotHoldUpTheNextHolder()
    {
        await using var world = World();
        _provisioner.OnProvision = (request, _) => Task.FromResult(request.Owner == "ann"
            ? ProvisionResult.RetryLater(ScriptedProvisioner.Busy, TimeSpan.FromDays(3))
            : ProvisionResult.Done());
        await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();

        var bob = await world.ClaimedAsync("bob", Domain);
        await world.WorkAsync();

        Assert.Equal(ClaimStatus.Claimed, (await world.NowAsync(bob)).Status);
        Assert.Equal(["provision ann 1", "release ann 1 []", "provision bob 2"], _provisioner.Log);
    }

    [Fact]
    public async Task Provision_TakenOverWhileItRunsAndWantsARetry_IsDropped()
    {
        await using var world = World();
        await world.ClaimedAsync("ann", Domain);
        DomainClaim? bob = null;
        _provisioner.OnProvision = async (request, _) =>
        {
            bob ??= await world.ClaimedAsync("bob", Domain);
            return request.Owner == "ann"
                ? ProvisionResult.RetryLater(ScriptedProvisioner.Busy, TimeSpan.FromDays(3))
                : ProvisionResult.Done();
        };

        await world.WorkAsync();

        Assert.Equal(ClaimStatus.Claimed, (await world.NowAsync(bob!)).Status);
        Assert.Equal(["provision ann 1", "release ann 1 []", "provision bob 2"], _provisioner.Log);
    }

    private async Task HangAsync(Func<CancellationToken, CancellationToken> listensTo)
    {
        await using var world = World();
        var hanging = Hang(listensTo);
        var claim = await world.ClaimedAsync("ann", Domain);

        var round = world.Get<OutboxDispatcher>().RunOnceAsync(default);
        await hanging.WaitAsync(RealDeadline);
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await round.WaitAsync(RealDeadline);

        Assert.Equal(ClaimStatus.Provisioning, (await world.NowAsync(claim)).Status);
        _provisioner.OnProvision = (_, _) => Task.FromResult(ProvisionResult.Done());
        world.Clock.Advance(TimeSpan.FromSeconds(10));
        await world.WorkAsync();
        Assert.Equal(ClaimStatus.Claimed, (await world.NowAsync(claim)).Status);
    }

    /// <summary>Makes the provisioner hang; completes when it does.</summary>
    private Task Hang(Func<CancellationToken, CancellationToken> listensTo)
    {
        var hanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _provisioner.OnProvision = async (_, token) =>
        {
            hanging.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, listensTo(token));
            return ProvisionResult.Done();
        };
        return hanging.Task;
    }

    private ClaimWorld World() => new(build: builder => builder.Use<IIdentityProvisioner>(_ => _provisioner));
}
